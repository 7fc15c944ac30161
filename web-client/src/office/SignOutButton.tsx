import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { platform } from '../api/platform.ts';
import { aboutQuery, sessionQuery } from '../api/queries.ts';
import { leftByThemselves } from '../app/use-account.ts';

/** Ends the session of this browser and asks again who is there. */
export function SignOutButton() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { data: about } = useQuery(aboutQuery);
  const signOut = useMutation({
    mutationFn: () => {
      // Before the office's line can say that the session has ended.
      leftByThemselves(queries);
      return platform.signOut();
    },
    onSuccess: async (session) => {
      await navigate('/sign-in');
      queries.setQueryData(sessionQuery.queryKey, session);
      // Not all of it: who looks at a query that was removed sees its last answer until the next step.
      queries.removeQueries({
        predicate: ({ queryKey }) => queryKey[0] !== 'about' && queryKey[0] !== 'session',
      });
    },
  });
  return (
    <Button onClick={() => signOut.mutate()} loading={signOut.isPending}>
      {t(about?.demoSignIn === false ? 'signIn.leave' : 'signIn.signOut')}
    </Button>
  );
}
