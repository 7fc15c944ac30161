import { IconBackspace } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate } from 'react-router';
import { Session } from '#protocol/session.ts';
import { ApiError } from '../api/api-error.ts';
import { call } from '../api/call.ts';
import { sessionQuery } from '../api/queries.ts';
import { rememberRoom } from '../room/room-memory.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { LanguageSwitch } from '../ui/LanguageSwitch.tsx';
import styles from './PairPage.module.css';

const DIGITS = 6;
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** Where a room's browser becomes the room: six digits, by touch or keyboard, sent when the last is there. */
export function PairPage() {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const navigate = useNavigate();
  // Told by the room's own screen, which was here until its device was revoked.
  const isOut = useLocation().state?.out === true;
  const queries = useQueryClient();
  const pair = useMutation({
    mutationFn: (typed: string) => call(Session, '/api/pair', { method: 'POST', body: { code: typed } }),
    onSuccess: (session) => {
      rememberRoom();
      queries.clear();
      queries.setQueryData(sessionQuery.queryKey, session);
      void navigate('/room', { replace: true });
    },
    onError: () => setCode(''),
  });
  const { isPending, mutate, reset } = pair;

  const type = (more: string) => {
    if (isPending) return;
    const typed = (code + more.replace(/\D/g, '')).slice(0, DIGITS);
    reset();
    setCode(typed);
    if (typed.length === DIGITS) mutate(typed);
  };
  const erase = () => !isPending && setCode(code.slice(0, -1));
  useKeys(type, erase);

  return (
    <section className={styles.page} data-theme="stage" data-testid="pair-page">
      <header className={styles.head}>
        <h1 className={styles.title}>{t('room.pair.title')}</h1>
        <p className={styles.lead}>{t(isOut ? 'room.pair.out' : 'room.pair.lead')}</p>
      </header>
      <div className={styles.code} role="img" aria-label={t('room.pair.digits', { count: code.length })}>
        {Array.from({ length: DIGITS }, (_, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: six places that never move.
            key={index}
            className={styles.digit}
            data-next={index === code.length || undefined}
          >
            {code[index]}
          </span>
        ))}
      </div>
      <div className={styles.note} role="status">
        {isPending && t('room.pair.busy')}
        {pair.error && <ErrorNote code={ApiError.from(pair.error).code} />}
      </div>
      <div className={styles.pad}>
        {KEYS.map((key) => (
          <button key={key} type="button" className={styles.key} onClick={() => type(key)}>
            {key}
          </button>
        ))}
        <button type="button" className={styles.word} onClick={() => !isPending && setCode('')}>
          {t('room.pair.clear')}
        </button>
        <button type="button" className={styles.key} onClick={() => type('0')}>
          0
        </button>
        <button type="button" className={styles.word} onClick={erase}>
          <IconBackspace className={styles.icon} aria-hidden="true" />
          {t('room.pair.erase')}
        </button>
      </div>
      <footer className={styles.foot}>
        <Link className={styles.link} to="/sign-in">
          {t('room.pair.signIn')}
        </Link>
        <LanguageSwitch />
      </footer>
    </section>
  );
}

/** Digits and backspace from a keyboard, and a code that is pasted. */
function useKeys(type: (more: string) => void, erase: () => void): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (/^\d$/.test(event.key)) type(event.key);
      else if (event.key === 'Backspace') erase();
    };
    const pasted = (event: ClipboardEvent) => type(event.clipboardData?.getData('text') ?? '');
    addEventListener('keydown', pressed);
    addEventListener('paste', pasted);
    return () => {
      removeEventListener('keydown', pressed);
      removeEventListener('paste', pasted);
    };
  });
}
