import { IconCamera } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CoursewareDocument } from '#protocol/courseware.ts';
import { ApiError } from '../../api/api-error.ts';
import { BarButton } from '../../classroom/BarButton.tsx';
import type { PageErrorCode } from '../../i18n/errors.ts';
import { sendPhoto } from './photo.ts';

interface Props {
  lessonId: string;
  disabled?: boolean;
  onSent?: (document: CoursewareDocument) => void;
  onError: (code: PageErrorCode | null) => void;
}

/** One touch opens the phone's camera; the photo goes to the teacher. */
export function PhotoButton({ lessonId, disabled = false, onSent, onError }: Props) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [share, setShare] = useState<number | null>(null);
  async function send(file: File) {
    onError(null);
    setShare(0);
    try {
      onSent?.(await sendPhoto(lessonId, file, setShare));
    } catch (thrown) {
      onError(ApiError.from(thrown).code);
    } finally {
      setShare(null);
    }
  }
  return (
    <>
      <BarButton
        icon={IconCamera}
        word={
          share === null ? t('board.photo') : t('board.photoSending', { percent: Math.round(share * 100) })
        }
        look={share === null ? 'plain' : 'on'}
        disabled={disabled || share !== null}
        data-testid="send-photo"
        onClick={() => input.current?.click()}
      />
      <input
        ref={input}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        data-testid="photo-file"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file) void send(file);
        }}
      />
    </>
  );
}
