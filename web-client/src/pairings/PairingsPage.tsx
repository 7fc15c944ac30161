import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useOutletContext } from 'react-router';
import type { Account } from '#protocol/domain.ts';
import { scopeOf } from '#protocol/office.ts';
import { type Pairing, PairingState } from '#protocol/pairing.ts';
import { DataTable } from '../admin/kit/DataTable.tsx';
import { PageHead } from '../admin/kit/PageHead.tsx';
import type { TableColumn } from '../admin/kit/table-column.ts';
import { ApiError } from '../api/api-error.ts';
import { termsQuery } from '../terms/term-api.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { BulkDrawer } from './BulkDrawer.tsx';
import { DuplicateDrawer } from './DuplicateDrawer.tsx';
import styles from './Pairings.module.css';
import { pairingApi, pairingsQuery, waitingQuery } from './pairing-api.ts';
import { classWord, mineToApprove, StateTag, timesWord, waitingFor } from './pairing-words.tsx';

/** Who shares lessons with whom, and what waits for me. */
export function PairingsPage() {
  const { t } = useTranslation();
  const account = useOutletContext<Account>();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message } = App.useApp();
  const pairings = useQuery(pairingsQuery);
  const terms = useQuery(termsQuery);
  const [drawer, setDrawer] = useState<'paste' | 'duplicate' | null>(null);
  const mayEdit = scopeOf(account.role, 'pairing.edit') !== null;
  const read = () => client.invalidateQueries({ queryKey: ['pairings'] });
  const approve = async (rows: readonly Pairing[]) => {
    try {
      const { done, refused, lessons } = await pairingApi.acts({
        act: 'approve',
        pairings: rows.map(({ pairingId, version }) => ({ pairingId, version })),
      });
      await read();
      const word = t('pairings.approvedMany', {
        count: done.length,
        made: lessons.made,
        refused: refused.length,
      });
      void (refused.length > 0 ? message.warning(word) : message.success(word));
    } catch (thrown) {
      void message.error(<ErrorNote code={ApiError.from(thrown).code} />);
    }
  };
  const columns: TableColumn<Pairing>[] = [
    {
      key: 'master',
      title: t('pairings.master'),
      value: ({ master }) => <SideName side={master} />,
      text: ({ master }) => classWord(master),
      sort: true,
    },
    {
      key: 'remotes',
      title: t('pairings.remotes'),
      value: ({ remotes }) => remotes.map((remote) => <SideName key={remote.classGroup.id} side={remote} />),
      text: ({ remotes }) => remotes.map(classWord).join(' '),
    },
    {
      key: 'courses',
      title: t('pairings.courses'),
      value: ({ courses }) =>
        courses.map(({ courseId, subject, teacher }) => (
          <div key={courseId}>
            {subject} {teacher.name}
          </div>
        )),
      text: ({ courses }) => courses.map(({ subject, teacher }) => `${subject} ${teacher.name}`).join(' '),
    },
    {
      key: 'times',
      title: t('pairings.times'),
      value: ({ slots }) =>
        slots.map((slot) => (
          <div key={`${slot.weekday} ${slot.period} ${slot.weeks}`} className={styles.whole}>
            {timesWord([slot], t)}
          </div>
        )),
    },
    // Where there is one term, it is everybody's.
    ...((terms.data ?? []).length > 1 ? [termColumn(terms.data ?? [], t('pairings.term'))] : []),
    {
      key: 'state',
      title: t('pairings.stateTitle'),
      value: (pairing) => (
        <>
          <StateTag state={pairing.state} />
          {pairing.state === 'pending' && (
            <div className={`${styles.quiet} ${styles.cell}`}>
              {t('pairings.waitsFor', { names: waitingFor(pairing).join(t('common.separator')) })}
            </div>
          )}
        </>
      ),
      text: ({ state }) => t(`pairings.state.${state}`),
      filter: {
        options: PairingState.options.map((state) => ({ value: state, label: t(`pairings.state.${state}`) })),
        of: ({ state }) => state,
      },
    },
    {
      key: 'lessons',
      title: t('pairings.lessons'),
      value: ({ lessonsHeld, lessonsAhead }) => (
        <>
          <div className={styles.whole}>{t('pairings.heldCount', { count: lessonsHeld })}</div>
          <div className={styles.whole}>{t('pairings.aheadCount', { count: lessonsAhead })}</div>
        </>
      ),
      text: ({ lessonsAhead }) => lessonsAhead,
    },
  ];
  const create = mayEdit && (
    <Button type="primary" onClick={() => navigate('/admin/pairings/new')} data-testid="new-pairing">
      {t('pairings.create')}
    </Button>
  );
  return (
    <>
      <PageHead
        title={t('pairings.title')}
        lead={t('pairings.lead')}
        action={create}
        more={
          mayEdit && (
            <>
              <Button onClick={() => setDrawer('paste')} data-testid="paste">
                {t('pairings.paste')}
              </Button>
              <Button onClick={() => setDrawer('duplicate')}>{t('pairings.duplicate')}</Button>
            </>
          )
        }
      />
      <Waiting onApprove={approve} />
      <DataTable<Pairing>
        label={t('pairings.title')}
        columns={columns}
        source={{
          rows: pairings.data,
          error: pairings.error,
          retry: () => void pairings.refetch(),
          exportPath: '/api/pairings',
        }}
        keyOf={({ pairingId }) => pairingId}
        searchWord={t('pairings.searchWord')}
        empty={{ title: t('pairings.empty'), hint: t('pairings.emptyHint'), action: create }}
        onOpen={({ pairingId }) => navigate(`/admin/pairings/${pairingId}`)}
        {...(mayEdit && {
          bulk: (rows: Pairing[], clear: () => void) => {
            const drafts = rows.filter(({ state, mayEdit }) => state === 'draft' && mayEdit);
            const waiting = rows.filter((row) => mineToApprove(row).length > 0);
            return (
              <>
                <Button
                  disabled={drafts.length === 0}
                  onClick={() =>
                    void pairingApi
                      .acts({
                        act: 'submit',
                        pairings: drafts.map(({ pairingId, version }) => ({ pairingId, version })),
                      })
                      .then(read)
                      .then(clear)
                  }
                >
                  {t('pairings.submitMany', { count: drafts.length })}
                </Button>
                <Button
                  type="primary"
                  disabled={waiting.length === 0}
                  onClick={() => void approve(waiting).then(clear)}
                >
                  {t('pairings.approveMany', { count: waiting.length })}
                </Button>
              </>
            );
          },
        })}
      />
      <BulkDrawer open={drawer === 'paste'} onClose={() => setDrawer(null)} onDone={read} />
      <DuplicateDrawer open={drawer === 'duplicate'} onClose={() => setDrawer(null)} onDone={read} />
    </>
  );
}

/** The school above its class: a name is never cut in the middle. */
function SideName({ side }: { side: Pairing['master'] | Pairing['remotes'][number] }) {
  return (
    <div className={styles.side}>
      <span className={styles.whole}>{side.organizationName} </span>
      <span className={styles.whole}>{side.classGroup.name}</span>
    </div>
  );
}

function termColumn(terms: readonly { termId: string; name: string }[], title: string): TableColumn<Pairing> {
  return {
    ...{ key: 'termId', title, wideOnly: true },
    value: ({ term }) => <div className={styles.cell}>{term.name}</div>,
    filter: {
      options: terms.map(({ termId, name }) => ({ value: termId, label: name })),
      of: ({ term }) => term.id,
    },
  };
}

/** 待我处理: those that wait for my word. */
function Waiting({ onApprove }: { onApprove: (rows: readonly Pairing[]) => Promise<void> }) {
  const { t } = useTranslation();
  const waiting = useQuery(waitingQuery);
  const rows = waiting.data ?? [];
  if (rows.length === 0) return null;
  return (
    <section className={styles.waiting} aria-label={t('pairings.mine')} data-testid="waiting">
      <h2 className={styles.waitingTitle}>
        {t('pairings.mineCount', { count: rows.length })}
        {rows.length > 1 && (
          <Button onClick={() => void onApprove(rows)}>
            {t('pairings.approveMany', { count: rows.length })}
          </Button>
        )}
      </h2>
      <ul className={styles.waitingList}>
        {rows.slice(0, 5).map((pairing) => (
          <li key={pairing.pairingId}>
            <Link to={`/admin/pairings/${pairing.pairingId}`} className={styles.waitingWords}>
              <strong>
                {classWord(pairing.master)} → {pairing.remotes.map(classWord).join(t('common.separator'))}
              </strong>
              <span className={styles.quiet}>
                {pairing.courses.map(({ subject }) => subject).join(t('common.separator'))}{' '}
                {timesWord(pairing.slots, t)} ·{' '}
                {t('pairings.approveFor', {
                  names: mineToApprove(pairing)
                    .map(({ organizationName }) => organizationName)
                    .join(t('common.separator')),
                })}
              </span>
            </Link>
            <Button type="primary" onClick={() => void onApprove([pairing])}>
              {t('pairings.approve')}
            </Button>
          </li>
        ))}
      </ul>
      {rows.length > 5 && (
        <p className={styles.quiet}>{t('pairings.moreWaiting', { count: rows.length - 5 })}</p>
      )}
    </section>
  );
}
