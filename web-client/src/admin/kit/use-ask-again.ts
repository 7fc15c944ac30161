import { App } from 'antd';
import { type ReactNode, useCallback } from 'react';
import { ApiError } from '../../api/api-error.ts';
import styles from './Kit.module.css';

interface Question {
  title: string;
  content: ReactNode;
  /** Names the act. */
  okText: string;
  cancelText: string;
}

/**
 * Does something that the platform refuses until it is said that it is meant: asks, then does it all the same.
 * @param question for a refusal that can be asked about; null: it stays refused.
 * @throws ApiError the refusal, also where somebody was asked and said no
 */
export function useAskAgain() {
  const { modal } = App.useApp();
  return useCallback(
    async <T>(
      act: (meant: boolean) => Promise<T>,
      question: (refusal: ApiError) => Question | null,
    ): Promise<T> => {
      try {
        return await act(false);
      } catch (thrown) {
        const refusal = ApiError.from(thrown);
        const asked = question(refusal);
        if (!asked) throw refusal;
        // Its button may say a whole sentence.
        const okButtonProps = { className: styles.sentence ?? '' };
        if (!(await modal.confirm({ ...asked, okButtonProps }))) throw refusal;
        return await act(true);
      }
    },
    [modal],
  );
}
