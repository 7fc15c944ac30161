import { AutoComplete, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from './Invitation.module.css';

interface Props {
  /** What is usual there; anything else may be typed. */
  subjects?: readonly string[] | undefined;
  grades?: readonly string[] | undefined;
}

/** What a lesson outside the timetable is about, and for whom. */
export function SubjectAndGrade({ subjects = [], grades = [] }: Props) {
  const { t } = useTranslation();
  const words = (all: readonly string[]) => all.map((value) => ({ value }));
  return (
    <div className={styles.pair}>
      <Form.Item name="subject" label={t('invitation.subject')} required>
        <AutoComplete options={words(subjects)} />
      </Form.Item>
      <Form.Item name="grade" label={t('invitation.grade')} required>
        <AutoComplete options={words(grades)} />
      </Form.Item>
    </div>
  );
}
