import { newId } from '#platform/ids.ts';
import type { LessonMode, Role } from '#protocol/domain.ts';
import type { EventBody, TimelineEvent } from '#protocol/timeline.ts';
import { TimelineStore } from '../src/timeline/timeline-store.ts';
import type { TestApp } from './app.ts';

/** What somebody did in a lesson, and at which minute after the bell. */
export type Deed = [
  minute: number,
  what: 'started' | 'ended' | 'joined' | 'away' | 'back' | 'left' | 'lost',
  who?: string,
];

export interface PlannedLesson {
  title?: string;
  course?: string;
  mode?: LessonMode;
  /** The bell, wall ms. */
  at: number;
  minutes?: number;
  teacher?: string;
  room?: string;
  remote?: string[];
  cancelled?: string;
}

/** Lessons of a past or a present that a test makes up: rows of the plan and the timeline, at times of its own. */
export class MadeLessons {
  readonly #app: TestApp;
  readonly #ids = new Map<string, string>();

  constructor(app: TestApp) {
    this.#app = app;
  }

  /** The id of a person, a classroom or an organization of the demo, by name. */
  async id(name: string): Promise<string> {
    const known = this.#ids.get(name);
    if (known) return known;
    const found =
      (await this.#app.db.selectFrom('account').select('id').where('name', '=', name).executeTakeFirst()) ??
      (await this.#app.db
        .selectFrom('organization')
        .select('id')
        .where('name', '=', name)
        .executeTakeFirstOrThrow());
    this.#ids.set(name, found.id);
    return found.id;
  }

  async plan(lesson: PlannedLesson): Promise<string> {
    const {
      title = '课',
      course = '英语 五年级上册',
      mode = 'delivery',
      at,
      minutes = 40,
      cancelled,
    } = lesson;
    const { db } = this.#app;
    const { id: course_id, organization_id } = await db
      .selectFrom('course')
      .select(['id', 'organization_id'])
      .where('title', '=', course)
      .executeTakeFirstOrThrow();
    const id = newId();
    await db
      .insertInto('lesson')
      .values({
        ...{ id, organization_id, course_id, mode, title, period: 2, state: 'scheduled' },
        planned_start: new Date(at),
        planned_end: new Date(at + minutes * 60_000),
        actual_start: null,
        actual_end: null,
        teacher_id: await this.id(lesson.teacher ?? '陈静'),
        master_classroom_id: await this.id(lesson.room ?? '实验小学录播教室'),
        master_class_group_id: null,
        ...(cancelled !== undefined && { cancelled_at: new Date(at), cancel_reason: cancelled }),
      })
      .execute();
    for (const [position, name] of (lesson.remote ?? ['石门教学点教室']).entries())
      await db
        .insertInto('lesson_remote')
        .values({
          ...{ lesson_id: id, position, class_group_id: null, assistant_id: null },
          classroom_id: await this.id(name),
        })
        .execute();
    return id;
  }

  /** Writes what happened onto the lesson's timeline, after what stands there. */
  async happen(lessonId: string, bell: number, deeds: readonly Deed[]): Promise<void> {
    const store = new TimelineStore(this.#app.db);
    let seq = (await store.read(lessonId)).length;
    const events: TimelineEvent[] = [];
    for (const [minute, what, who] of deeds)
      events.push({
        seq: ++seq,
        at: bell + minute * 60_000,
        mediaMs: null,
        body: await this.#body(what, who),
      });
    await store.append(lessonId, events);
  }

  async #body(what: Deed[1], who = ''): Promise<EventBody> {
    if (what === 'started') return { type: 'lesson.started', byAccountId: null };
    if (what === 'ended') return { type: 'lesson.ended', reason: 'ended', byAccountId: null };
    const accountId = await this.id(who);
    // One account is one participant: here its own id does for both.
    const participantId = accountId;
    if (what === 'left' || what === 'lost') return { type: 'participant.left', participantId, reason: what };
    if (what !== 'joined') return { type: `participant.${what}`, participantId };
    return {
      type: 'participant.joined',
      participant: {
        ...{ participantId, accountId, kind: 'classroom', name: who, organizationName: '' },
        ...{ role: 'remote', helpsParticipantId: null },
      },
    };
  }

  /** One more person, with a role of the test's own; signs in by name. */
  async person(name: string, organization: string, role: Role): Promise<void> {
    const id = newId();
    const organization_id = await this.id(organization);
    await this.#app.db.insertInto('account').values({ id, organization_id, kind: 'person', name }).execute();
    await this.#app.db.insertInto('account_role').values({ account_id: id, organization_id, role }).execute();
  }
}
