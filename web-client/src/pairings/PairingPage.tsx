import { IconChevronLeft, IconCircleCheck, IconClock } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Input, Modal, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import type { Pairing, PairingActKind } from '#protocol/pairing.ts';
import { PageHead } from '../admin/kit/PageHead.tsx';
import { useUndoToast } from '../admin/kit/use-undo-toast.tsx';
import { ApiError } from '../api/api-error.ts';
import { weekdayWord } from '../terms/days.ts';
import terms from '../terms/Terms.module.css';
import { measure } from '../theme/tokens.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { longDate } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';
import styles from './Pairings.module.css';
import { pairingApi } from './pairing-api.ts';
import { mineToApprove, StateTag, sidesOf } from './pairing-words.tsx';

/** One pairing: what it is, who has agreed, and what I may do with it. */
export function PairingPage() {
  const { t } = useTranslation();
  const { pairingId = '' } = useParams();
  const query = useQuery({ queryKey: ['pairings', pairingId], queryFn: () => pairingApi.one(pairingId) });
  if (query.error) return <ErrorNote code={ApiError.from(query.error).code} />;
  if (!query.data) return <Skeleton active />;
  const pairing = query.data;
  return (
    <>
      <Link to="/admin/pairings" className={terms.back}>
        <IconChevronLeft size={measure.icon} />
        {t('pairings.title')}
      </Link>
      <PageHead
        title={`${pairing.master.organizationName} ${pairing.master.classGroup.name}`}
        lead={
          <>
            <StateTag state={pairing.state} /> {pairing.term.name} ·{' '}
            {t('pairings.lessonCounts', { held: pairing.lessonsHeld, ahead: pairing.lessonsAhead })}
            {pairing.lessonsAhead > 0 && (
              <>
                {' · '}
                <Link to={`/admin/timetable?school=${weekOf(pairing)}`}>{t('pairings.toWeek')}</Link>
              </>
            )}
          </>
        }
        action={<Acts pairing={pairing} />}
      />
      {pairing.cancelReason && (
        <Alert
          className={styles.note}
          type="warning"
          showIcon
          title={t(pairing.state === 'draft' ? 'pairings.returnedBecause' : 'pairings.cancelledBecause', {
            reason: pairing.cancelReason,
          })}
        />
      )}
      {pairing.state === 'pending' && pairing.lessonsAhead > 0 && (
        <Alert className={styles.note} type="info" showIcon title={t('pairings.lessonsStay')} />
      )}
      <div className={styles.columns}>
        <Facts pairing={pairing} />
        <Sides pairing={pairing} />
      </div>
    </>
  );
}

/** The school in whose week I look at its lessons: my own, where I am of a side. */
const weekOf = (pairing: Pairing): string =>
  (sidesOf(pairing).find(({ mayApprove }) => mayApprove) ?? pairing.master).organizationId;

function Facts({ pairing }: { pairing: Pairing }) {
  const { t } = useTranslation();
  const subject = new Map(pairing.courses.map((course) => [course.courseId, course.subject]));
  return (
    <section className={terms.panel}>
      <h2 className={terms.listTitle}>{t('pairings.what')}</h2>
      <dl className={styles.facts}>
        <dt>{t('pairings.masterRoom')}</dt>
        <dd>{pairing.master.classroom.name}</dd>
        {pairing.remotes.map((remote) => (
          <div key={remote.classGroup.id} className={styles.remote}>
            <dt>{t('pairings.remote')}</dt>
            <dd>
              {remote.organizationName} {remote.classGroup.name} · {remote.classroom.name}
              {remote.assistant && ` · ${t('pairings.assistantWord', { name: remote.assistant.name })}`}
            </dd>
          </div>
        ))}
        <dt>{t('pairings.courses')}</dt>
        <dd>
          {pairing.courses.map(({ courseId, title, teacher }) => (
            <div key={courseId}>
              {title} · {teacher.name}
            </div>
          ))}
        </dd>
        <dt>{t('pairings.times')}</dt>
        <dd>
          {pairing.slots.map(({ slotId, courseId, weekday, period, weeks }) => (
            <div key={slotId}>
              {t(`pairings.slot.${weeks}`, { weekday: weekdayWord(weekday, t), period })}{' '}
              {subject.get(courseId)}
            </div>
          ))}
        </dd>
        <dt>{t('pairings.autoOpen')}</dt>
        <dd>{t(pairing.autoOpen ? 'pairings.autoOpenYes' : 'pairings.autoOpenNo')}</dd>
        {pairing.note !== '' && (
          <>
            <dt>{t('pairings.note')}</dt>
            <dd className={styles.noteText}>{pairing.note}</dd>
          </>
        )}
      </dl>
    </section>
  );
}

/** Each side and whether it has agreed. */
function Sides({ pairing }: { pairing: Pairing }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <section className={terms.panel}>
      <h2 className={terms.listTitle}>{t('pairings.sides')}</h2>
      <ul className={styles.sides}>
        {sidesOf(pairing).map(({ organizationId, organizationName, approvedBy, approvedAt }) => (
          <li key={organizationId}>
            {approvedAt ? (
              <IconCircleCheck size={measure.icon} className={styles.agreed} aria-hidden="true" />
            ) : (
              <IconClock size={measure.icon} className={styles.waits} aria-hidden="true" />
            )}
            <span>
              <strong>{organizationName}</strong>
              <span className={styles.quiet}>
                {approvedAt
                  ? t('pairings.agreedBy', { name: approvedBy ?? '', date: longDate(approvedAt, language) })
                  : t('pairings.notYet')}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What I may do now; the one that is due first. */
function Acts({ pairing }: { pairing: Pairing }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const toast = useUndoToast();
  const { message } = App.useApp();
  const [asking, setAsking] = useState<'return' | 'cancel' | null>(null);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const read = () => client.invalidateQueries({ queryKey: ['pairings'] });
  const run = async (act: PairingActKind) => {
    setBusy(true);
    try {
      const { lessons } = await pairingApi.act(pairing.pairingId, { ...act, version: pairing.version });
      setAsking(null);
      toast(t(`pairings.done.${act.act}`, { ...lessons }));
    } catch (thrown) {
      const error = ApiError.from(thrown);
      const missing = error.fields.filter(({ issue }) => issue === 'required').map(({ path }) => path);
      void message.error(
        missing.length > 0 ? (
          t('pairings.missing', {
            what: missing
              .map((path) => t(`pairings.missingPart.${path as 'courses'}`))
              .join(t('common.separator')),
          })
        ) : (
          <ErrorNote code={error.code} />
        ),
      );
    } finally {
      await read();
      setBusy(false);
    }
  };
  const remove = async () => {
    await pairingApi.remove(pairing.pairingId, pairing.version);
    navigate('/admin/pairings');
    await read();
    toast(t('pairings.removed'));
  };
  const mine = mineToApprove(pairing);
  const { state } = pairing;
  return (
    <>
      {pairing.maySteer && state === 'active' && (
        <Button onClick={() => void run({ act: 'freeze' })}>{t('pairings.freeze')}</Button>
      )}
      {pairing.maySteer && <Button onClick={() => setAsking('cancel')}>{t('pairings.cancel')}</Button>}
      {pairing.mayEdit && state === 'draft' && (
        <Button onClick={() => void remove()}>{t('terms.remove')}</Button>
      )}
      {mine.length > 0 && <Button onClick={() => setAsking('return')}>{t('pairings.return')}</Button>}
      {pairing.mayEdit && (
        <Button
          onClick={() => navigate(`/admin/pairings/${pairing.pairingId}/edit`)}
          data-testid="edit-pairing"
        >
          {t('pairings.edit')}
        </Button>
      )}
      {pairing.mayEdit && state === 'draft' && (
        <Button
          type="primary"
          loading={busy}
          onClick={() => void run({ act: 'submit' })}
          data-testid="submit"
        >
          {t('pairings.submit')}
        </Button>
      )}
      {mine.length > 0 && (
        <Button
          type="primary"
          loading={busy}
          onClick={() => void run({ act: 'approve' })}
          data-testid="approve"
        >
          {t('pairings.approveAs', {
            names: mine.map(({ organizationName }) => organizationName).join(t('common.separator')),
          })}
        </Button>
      )}
      {pairing.maySteer && state === 'frozen' && (
        <Button type="primary" loading={busy} onClick={() => void run({ act: 'thaw' })}>
          {t('pairings.thaw')}
        </Button>
      )}
      <Modal
        open={asking !== null}
        title={t(asking === 'return' ? 'pairings.returnTitle' : 'pairings.cancelTitle')}
        okText={t(asking === 'return' ? 'pairings.return' : 'pairings.cancel')}
        cancelText={t('common.back')}
        okButtonProps={{ danger: asking === 'cancel', disabled: reason.trim() === '', loading: busy }}
        onCancel={() => setAsking(null)}
        onOk={() => asking && void run({ act: asking, reason })}
      >
        <p className={styles.quiet}>
          {t(asking === 'return' ? 'pairings.returnHint' : 'pairings.cancelHint', {
            count: pairing.lessonsAhead,
          })}
        </p>
        <Input.TextArea
          value={reason}
          onChange={({ target }) => setReason(target.value)}
          placeholder={t('pairings.reason')}
          aria-label={t('pairings.reason')}
          maxLength={200}
          rows={3}
        />
      </Modal>
    </>
  );
}
