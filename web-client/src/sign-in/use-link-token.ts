import { useEffect, useState } from 'react';

/** The token behind the `#` of a one-time link; taken out of the address bar, where it would be seen and kept. */
export function useLinkToken(): string {
  const [token] = useState(() => location.hash.slice(1));
  useEffect(() => {
    if (location.hash) history.replaceState(history.state, '', location.pathname);
  }, []);
  // What is too short to be a token is asked all the same: the answer says what to do.
  return token.padEnd(20, '-').slice(0, 100);
}
