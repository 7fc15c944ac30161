import type { JSONColumnType } from 'kysely';
import type { Cue } from '#protocol/caption.ts';
import type { Moment, MomentOrNull } from '../schema.ts';

/** What a row is attached to: a lesson's replay or a resource; `subject_id` is whichever of the two ids there is. */
interface SubjectColumns {
  organization_id: string;
  subject_id: string;
  lesson_id: string | null;
  resource_id: string | null;
}

export interface NotesTables {
  watch_progress: SubjectColumns & {
    account_id: string;
    position_ms: number;
    furthest_ms: number;
    watched_ms: number;
    duration_ms: number;
    completed: boolean;
    updated_at: Moment;
  };
  /** One language of a subject's captions; what they say is in `caption_version`. */
  caption: SubjectColumns & {
    id: string;
    language: string;
    label: string;
    version: number;
    removed_at: MomentOrNull;
  };
  caption_version: {
    caption_id: string;
    version: number;
    cues: JSONColumnType<Cue[]>;
    cue_count: number;
    saved_by: string;
    saved_at: Moment;
  };
  /** A person's own notes on a replay. */
  study_note: SubjectColumns & {
    id: string;
    account_id: string;
    /** The recording whose time `at_ms` is; null where it is the film's own. */
    at_recording_id: string | null;
    at_ms: number;
    text: string;
    created_at: Moment;
    edited_at: MomentOrNull;
    removed_at: MomentOrNull;
  };
  timed_comment: SubjectColumns & {
    id: string;
    account_id: string;
    reply_to: string | null;
    /** The recording whose time `at_ms` is; null where it is the film's own. */
    at_recording_id: string | null;
    at_ms: number;
    text: string;
    /** Waits for a moderator: it holds a sensitive word. */
    held: boolean;
    created_at: Moment;
    removed_at: MomentOrNull;
    removed_by: string | null;
  };
}
