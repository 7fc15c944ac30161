import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Steps } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOutletContext } from 'react-router';
import { dayAndMinuteOf } from '#protocol/calendar.ts';
import type { Account } from '#protocol/domain.ts';
import { PageHead } from '../admin/kit/PageHead.tsx';
import { usePhone } from '../admin/kit/use-phone.ts';
import { platformNow } from '../api/clock.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { schoolTimeZone } from '../ui/time-zone.ts';
import { type Amiss, amissOn, type Draft, keepDraft, keptDraft, PAGES } from './draft.ts';
import styles from './Guide.module.css';
import { GuideFields } from './GuideFields.tsx';
import { organizations, reference } from './guide-api.ts';
import { HandOut } from './HandOut.tsx';
import { filledIn, termAround } from './suggest.ts';
import { TaskList } from './TaskList.tsx';
import { useMaking } from './use-making.ts';

const NOTHING: ReadonlyMap<keyof Draft, Amiss> = new Map();

/** From an empty platform to the first lesson in the timetable: four pages of names, then everything is made. */
export function StartPage() {
  const { t } = useTranslation();
  const account = useOutletContext<Account>();
  const own = useQuery({ queryKey: ['guide', 'organizations'], queryFn: organizations });
  const lists = useQuery({ queryKey: ['reference'], queryFn: reference });
  const [typed, setTyped] = useState(keptDraft);
  const [pressed, setPressed] = useState(false);
  const { states, failure, outcome, begin, again } = useMaking(account);
  const [step, setStep] = useState(outcome ? PAGES.length : 0);
  const form = useRef<HTMLDivElement>(null);
  const mine = own.data?.find(({ organizationId }) => organizationId === account.organizationId);
  const fixedMaster = mine !== undefined && mine.kind !== 'bureau';
  const draft = useWhole(typed, fixedMaster ? account.organizationName : null);
  const namesOf = (kind: string) =>
    (lists.data ?? []).filter((item) => item.kind === kind && !item.archivedAt).map(({ name }) => name);
  const phone = usePhone();
  const titles = [...PAGES.map(({ page }) => t(`guide.page.${page}`)), t('guide.making')];
  const working = Object.values(states).includes('working');

  const change = (part: Partial<Draft>) => {
    const next = { ...draft, ...part };
    setTyped(next);
    keepDraft(next);
  };
  const amiss = step < PAGES.length ? amissOn(draft, PAGES[step]!.page) : NOTHING;
  const forward = () => {
    setPressed(amiss.size > 0);
    const [wrong] = amiss.keys();
    if (wrong) return document.getElementById(wrong)?.focus();
    const filled = filledIn(draft, t('guide.roomWord'));
    setTyped(filled);
    setStep(step + 1);
    if (step === PAGES.length - 1) void begin(filled);
  };

  // Who types goes on typing: the next page begins at its first field.
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    form.current?.querySelector<HTMLElement>('input, button')?.focus({ preventScroll: true });
    form.current?.scrollIntoView({ block: 'nearest' });
  }, [step]);

  return (
    <>
      <PageHead title={t('guide.title')} lead={t('guide.lead')} />
      <div className={styles.frame}>
        {phone ? (
          <p className={styles.quiet}>
            {t('guide.step', { step: step + 1, of: titles.length, title: titles[step] ?? '' })}
          </p>
        ) : (
          <Steps current={step} size="small" items={titles.map((title) => ({ title }))} />
        )}
        {step < PAGES.length ? (
          <Form layout="vertical" className={styles.next} onFinish={forward}>
            <div ref={form}>
              <GuideFields
                page={PAGES[step]!.page}
                draft={draft}
                change={change}
                amiss={pressed ? amiss : NOTHING}
                known={{
                  schools: (own.data ?? []).filter(({ kind }) => kind !== 'bureau').map(({ name }) => name),
                  grades: namesOf('grade'),
                  subjects: namesOf('subject'),
                }}
                fixedMaster={fixedMaster}
              />
            </div>
            <div className={styles.foot}>
              {step > 0 && <Button onClick={() => setStep(step - 1)}>{t('guide.back')}</Button>}
              <Button type="primary" htmlType="submit" data-testid="guide-next">
                {t(step === PAGES.length - 1 ? 'guide.make' : 'guide.next')}
              </Button>
            </div>
          </Form>
        ) : (
          <>
            {!outcome && <TaskList states={states} />}
            {failure && (
              <>
                <Alert type="warning" showIcon title={<ErrorNote code={failure.code} />} />
                <div className={styles.foot}>
                  <Button onClick={() => setStep(0)}>{t('guide.look')}</Button>
                  <Button type="primary" onClick={() => void begin(draft)}>
                    {t('common.retry')}
                  </Button>
                </div>
              </>
            )}
            {working && <p className={styles.quiet}>{t('guide.working')}</p>}
            {outcome && (
              <HandOut
                outcome={outcome}
                again={() => {
                  again();
                  setTyped(keptDraft());
                  setStep(0);
                }}
              />
            )}
          </>
        )}
      </div>
    </>
  );
}

/** What was typed, with what may be taken for granted: the own school, the term of today. */
function useWhole(typed: Draft, ownSchool: string | null): Draft {
  const { t } = useTranslation();
  const today = dayAndMinuteOf(platformNow(), schoolTimeZone()).day;
  const term = useMemo(() => termAround(today), [today]);
  return {
    ...typed,
    ...(ownSchool !== null && { masterSchool: ownSchool, remoteKind: 'teachingPoint' as const }),
    termName: typed.termName || t(`guide.termName.${term.half}`, { from: term.year, to: term.year + 1 }),
    startsOn: typed.startsOn || term.startsOn,
    endsOn: typed.endsOn || term.endsOn,
  };
}
