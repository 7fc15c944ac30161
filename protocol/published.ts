import { type Audience, allShown } from './audience.ts';
import { type Programme, toProgramme } from './programme.ts';
import type { Reach } from './resource.ts';
import type { EventBody, TimelineEvent } from './timeline.ts';

/** What a viewer of a published resource is on its lesson's timeline: nobody. */
const VIEWER: Audience = { desk: false, own: [] };

/**
 * A lesson's timeline as the viewers of a published replay read it. What was cut out of the picture is not told
 * either, but for the board, whose ink stays on the page; beyond the school no child is named and no chat is shown.
 */
export function asPublished(
  events: readonly TimelineEvent[],
  programme: Programme,
  recordingId: string,
  reach: Reach,
): TimelineEvent[] {
  const nameless = reach !== 'classes' && reach !== 'school';
  return allShown(events, VIEWER).map((event) => {
    const isCut = event.mediaMs !== null && toProgramme(programme, recordingId, event.mediaMs) === null;
    if (isOfPeople(event.body) && (nameless || isCut)) return { ...event, body: { type: 'withheld' } };
    return nameless ? { ...event, body: withoutChild(event.body) } : event;
  });
}

/** What children and teachers wrote and answered. */
function isOfPeople({ type }: EventBody): boolean {
  return /^(message|note|chat|answer|hand|roll|remark)\./.test(type);
}

function withoutChild(body: EventBody): EventBody {
  return body.type === 'call.made' ? { ...body, child: null } : body;
}
