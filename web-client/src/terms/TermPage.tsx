import { IconChevronLeft } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { dayAndMinuteOf } from '#protocol/calendar.ts';
import { PageHead } from '../admin/kit/PageHead.tsx';
import { useUndoToast } from '../admin/kit/use-undo-toast.tsx';
import { ApiError } from '../api/api-error.ts';
import { platformNow } from '../api/clock.ts';
import { measure } from '../theme/tokens.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { schoolTimeZone } from '../ui/time-zone.ts';
import { useLanguage } from '../ui/use-language.ts';
import { fullDay } from './days.ts';
import { TermCalendar } from './TermCalendar.tsx';
import { TermForm } from './TermForm.tsx';
import styles from './Terms.module.css';
import { termApi } from './term-api.ts';

/** One term as a calendar. */
export function TermPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { termId = '' } = useParams();
  const client = useQueryClient();
  const navigate = useNavigate();
  const toast = useUndoToast();
  const { message } = App.useApp();
  const [editing, setEditing] = useState(false);
  const query = useQuery({ queryKey: ['terms', termId], queryFn: () => termApi.one(termId) });
  if (query.error) return <ErrorNote code={ApiError.from(query.error).code} />;
  if (!query.data) return <Skeleton active />;
  const term = query.data;
  const read = () => client.invalidateQueries({ queryKey: ['terms'] });
  const remove = async () => {
    try {
      await termApi.remove(term.termId, term.version);
      navigate('/admin/terms');
      void read();
      const { organizationId, name, startsOn, endsOn, holidays, workdays } = term;
      toast(t('terms.removed', { name }), async () => {
        await termApi.create({ organizationId, name, startsOn, endsOn, holidays, workdays });
        await read();
      });
    } catch (thrown) {
      const { code, fields } = ApiError.from(thrown);
      const counts = Object.fromEntries(fields.map(({ path, values }) => [path, Number(values?.count ?? 0)]));
      void message.warning(
        code === 'IN_USE'
          ? t('terms.inUse', {
              pairings: counts.pairings ?? 0,
              lessons: (counts.lessons ?? 0) + (counts.localLessons ?? 0),
            })
          : t('terms.notRemoved'),
      );
    }
  };
  return (
    <>
      <Link to="/admin/terms" className={styles.back}>
        <IconChevronLeft size={measure.icon} />
        {t('terms.title')}
      </Link>
      <PageHead
        title={term.name}
        lead={t('terms.facts', {
          organization: term.organizationName,
          from: fullDay(term.startsOn, language),
          to: fullDay(term.endsOn, language),
          weeks: term.weeks,
        })}
        {...(term.mayEdit && {
          action: (
            <Button type="primary" onClick={() => setEditing(true)} data-testid="edit-term">
              {t('terms.edit')}
            </Button>
          ),
          more: <Button onClick={() => void remove()}>{t('terms.remove')}</Button>,
        })}
      />
      <section className={styles.panel}>
        <ul className={styles.legend}>
          {(['day', 'weekend', 'holiday', 'workday'] as const).map((kind) => (
            <li key={kind}>
              <span className={`${styles.swatch} ${styles[kind]}`} />
              {t(`terms.legend.${kind}`)}
            </li>
          ))}
        </ul>
        <TermCalendar
          term={term}
          days={term.days}
          today={dayAndMinuteOf(platformNow(), schoolTimeZone()).day}
        />
      </section>
      <TermForm
        open={editing}
        onClose={() => setEditing(false)}
        term={term}
        organizationId={term.organizationId}
        onSaved={(_, lessons) => {
          void read();
          toast(lessons ? t('terms.saved', { ...lessons }) : t('terms.savedPlain'));
        }}
      />
    </>
  );
}
