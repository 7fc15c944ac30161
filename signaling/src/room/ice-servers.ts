import { createHmac } from 'node:crypto';
import type { Config } from '#platform/config.ts';
import type { Id } from '#protocol/ids.ts';
import type { IceServer } from '#protocol/media.ts';

/**
 * TURN credentials that end by themselves: the user name is the time of expiry and the participant, the
 * password its HMAC-SHA1 under the secret shared with the TURN server (coturn's `use-auth-secret`,
 * draft-uberti-behave-turn-rest-00). STUN addresses need none.
 */
export function iceServersFor(participantId: Id, turn: Config['turn'], now = Date.now()): IceServer[] {
  const username = `${Math.floor(now / 1000) + turn.ttlSeconds}:${participantId}`;
  const credential = createHmac('sha1', turn.secret).update(username).digest('base64');
  return turn.urls.map((url) =>
    url.startsWith('stun') ? { urls: [url] } : { urls: [url], username, credential },
  );
}
