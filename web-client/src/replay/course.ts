import type { LessonRole } from '#protocol/permission.ts';
import type { TimelineEvent } from '#protocol/timeline.ts';

export type CourseWord =
  | 'started'
  | 'ended'
  | 'screenShown'
  | 'screenHidden'
  | 'boardShown'
  | 'boardHidden'
  | 'joined'
  | 'left'
  | 'away'
  | 'back'
  | 'gap';

/** One line of what happened, at a time of the recording, ms. */
export interface CourseItem {
  seq: number;
  atMs: number;
  word: CourseWord;
  name: string;
}

const TEACHING: readonly LessonRole[] = ['presenter', 'remote'];

/** What a viewer wants to find again: a projection of the lesson's timeline onto its recording. */
export function courseOf(events: readonly TimelineEvent[]): CourseItem[] {
  const names = new Map<string, string>();
  const roles = new Map<string, string>();
  const items: CourseItem[] = [];
  for (const { seq, mediaMs, body } of events) {
    if (body.type === 'participant.joined' && TEACHING.includes(body.participant.role))
      names.set(body.participant.participantId, body.participant.name);
    if (body.type === 'feed.added') roles.set(body.feed.feedId, body.feed.role);
    const line = lineOf(body, names, roles);
    // The lesson starts a moment before its recording does; what was earlier than that is not in it.
    const atMs = mediaMs ?? (body.type === 'lesson.started' ? 0 : null);
    if (line && atMs !== null) items.push({ seq, atMs: Math.max(0, atMs), ...line });
  }
  return items;
}

function lineOf(
  body: TimelineEvent['body'],
  names: ReadonlyMap<string, string>,
  roles: ReadonlyMap<string, string>,
): Pick<CourseItem, 'word' | 'name'> | null {
  switch (body.type) {
    case 'lesson.started':
      return { word: 'started', name: '' };
    case 'lesson.ended':
      return { word: 'ended', name: '' };
    case 'participant.joined':
      return of('joined', body.participant.participantId, names);
    case 'participant.left':
      // Somebody who was lost is already told as cut off.
      return body.reason === 'left' ? of('left', body.participantId, names) : null;
    case 'participant.away':
      return of('away', body.participantId, names);
    case 'participant.back':
      return of('back', body.participantId, names);
    case 'feed.added':
      return second(body.feed.role, 'Shown');
    case 'feed.removed':
      return body.reason === 'stopped' ? second(roles.get(body.feedId), 'Hidden') : null;
    case 'recording.gap':
      return body.trackId === null ? { word: 'gap', name: '' } : null;
    default:
      return null;
  }
}

/** Only of those whose coming and going changes the lesson. */
function of(word: CourseWord, participantId: string, names: ReadonlyMap<string, string>) {
  const name = names.get(participantId);
  return name === undefined ? null : { word, name };
}

function second(
  role: string | undefined,
  change: 'Shown' | 'Hidden',
): Pick<CourseItem, 'word' | 'name'> | null {
  return role === 'screen' || role === 'board' ? { word: `${role}${change}`, name: '' } : null;
}
