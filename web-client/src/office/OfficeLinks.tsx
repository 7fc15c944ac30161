import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import type { Account } from '#protocol/domain.ts';
import { mayBringIn } from '#protocol/intake.ts';
import { scopeOf } from '#protocol/office.ts';
import { ADMIN_LINKS } from '../admin/links.ts';
import { InvitationCount } from '../invitation/InvitationCount.tsx';
import styles from './OfficeLinks.module.css';

type For = (account: Account) => boolean;
const teaches: For = ({ kind, role }) => kind === 'person' && role !== 'student';
const reviews: For = ({ role }) => role === 'administrator' || role === 'operator' || role === 'researcher';
const administers: For = ({ role }) => role === 'administrator';
const hasAdminPage: For = ({ role }) => ADMIN_LINKS.some(({ action }) => scopeOf(role, action) !== null);

/** Every page of the office that one comes to by oneself, and whom it is for. */
const LINKS = [
  { to: '/', word: 'office.today', id: 'open-today', isFor: () => true },
  { to: '/week', word: 'timetable.own.title', id: 'open-week', isFor: () => true },
  { to: '/library', word: 'library.open', id: 'open-library', isFor: () => true },
  { to: '/open', word: 'series.openLink', id: 'open-series', isFor: () => true },
  { to: '/invitations', word: 'invitation.mine', id: 'open-invitations', isFor: teaches },
  { to: '/resources/mine', word: 'review.mine', id: 'open-mine', isFor: teaches },
  { to: '/review', word: 'review.queue', id: 'open-review', isFor: reviews },
  { to: '/library/upload', word: 'intake.open', id: 'open-upload', isFor: mayBringIn },
  { to: '/consent', word: 'consent.open', id: 'open-consent', isFor: administers },
  { to: '/retention', word: 'retention.open', id: 'open-retention', isFor: teaches },
  { to: '/admin', word: 'admin.open', id: 'open-admin', isFor: hasAdminPage },
  { to: '/moderation', word: 'moderation.open', id: 'open-moderation', isFor: administers },
] as const;

/** The ways between the light pages, one line that can be pushed aside where it is too long. */
export function OfficeLinks({ account }: { account: Account }) {
  const { t } = useTranslation();
  const mine = LINKS.filter(({ isFor }) => isFor(account));
  if (mine.length < 2) return null;
  return (
    <nav className={styles.links} aria-label={t('office.pages')}>
      {mine.map(({ to, word, id }) => (
        <NavLink key={to} to={to} end={to !== '/admin'} className={styles.link} data-testid={id}>
          {t(word)}
          {to === '/invitations' && <InvitationCount />}
        </NavLink>
      ))}
    </nav>
  );
}
