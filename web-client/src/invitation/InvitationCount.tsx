import { useQuery } from '@tanstack/react-query';
import styles from './Invitation.module.css';
import { invitationsQuery } from './invitation-api.ts';

/** How many invitations wait for one's answer; nothing where none does. */
export function InvitationCount() {
  const { data } = useQuery(invitationsQuery);
  const waiting = (data ?? []).filter(({ answer, state }) => answer === 'invited' && state === 'planned');
  return waiting.length > 0 && <span className={styles.waiting}>{waiting.length}</span>;
}
