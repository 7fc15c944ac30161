import { z } from 'zod';
import type { Id } from '#protocol/ids.ts';
import { Programme } from '#protocol/programme.ts';

/*
 * What an editor changed and the platform does not have yet, kept in this browser: a closed lid, a broken line or a
 * full battery loses nothing. Each account has its own.
 */

const Unsaved = z.object({ seen: z.number().int(), programme: Programme });
export type Unsaved = z.infer<typeof Unsaved>;

const key = (resourceId: Id, accountId: Id) => `edit.${accountId}.${resourceId}`;

export function rememberUnsaved(resourceId: Id, accountId: Id, unsaved: Unsaved | null): void {
  try {
    if (unsaved) localStorage.setItem(key(resourceId, accountId), JSON.stringify(unsaved));
    else localStorage.removeItem(key(resourceId, accountId));
  } catch {
    // A full or forbidden storage costs the second net, not the work: it is on its way to the platform.
  }
}

/** Null also for what an older page wrote in another form. */
export function unsavedOf(resourceId: Id, accountId: Id): Unsaved | null {
  try {
    const found = Unsaved.safeParse(JSON.parse(localStorage.getItem(key(resourceId, accountId)) ?? 'null'));
    return found.success ? found.data : null;
  } catch {
    return null;
  }
}
