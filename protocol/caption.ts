import { z } from 'zod';
import { Id, WallMs } from './ids.ts';
import { sharedText } from './text.ts';

/*
 * Captions (字幕): WebVTT or SRT that a teacher brings, several languages a replay. The platform recognises no speech.
 * The same below /api/resources/:id, where times are programme time and nothing can be changed that comes from a lesson.
 *
 *   GET    /api/lessons/:id/captions                         CaptionTrack[]
 *   GET    /api/lessons/:id/captions/:language               Caption
 *   GET    /api/lessons/:id/captions/:language.vtt           text/vtt
 *   PUT    /api/lessons/:id/captions/:language?version=&label=   the file itself, WebVTT or SRT in any usual
 *          encoding → SavedCaption; `version` is the one that was read, 0 for a new language (OVERTAKEN otherwise)
 *   DELETE /api/lessons/:id/captions/:language               {}
 *   POST   /api/lessons/:id/captions/:language/restore       CaptionTrack   (undo of the deletion, for an hour)
 */

export const MAX_CAPTION_BYTES = 2 * 1024 * 1024;
export const MAX_CUES = 10_000;
export const MAX_CUE_TEXT = 500;
export const MAX_CUE_LINES = 4;
export const MAX_CUE_MS = 86_400_000;
export const MAX_LANGUAGES = 20;

/** BCP 47, as far as captions need it: language, script, region. */
export const Language = z
  .string()
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?$/)
  .transform((tag) => new Intl.Locale(tag).toString());

/** What is said from one moment to another. Times in ms of the subject's own time. */
export const Cue = z.object({
  startMs: z.number().int().nonnegative().max(MAX_CUE_MS),
  endMs: z.number().int().positive().max(MAX_CUE_MS),
  /** Who says it (`<v …>`); null when the file does not tell. */
  speaker: z.string().max(80).nullable(),
  /** Plain text in at most four lines. `<b>`, `</b>`, `<i>`, `</i>` are markup; every other character is itself. */
  text: z.string().min(1),
});
export type Cue = z.infer<typeof Cue>;

export const CueText = sharedText({ max: MAX_CUE_TEXT, lines: MAX_CUE_LINES });

export const CaptionTrack = z.object({
  captionId: Id,
  language: z.string(),
  /** What the choice of captions calls it, e.g. 中文. */
  label: z.string(),
  version: z.number().int(),
  cueCount: z.number().int(),
  savedBy: z.string(),
  savedAt: WallMs,
});
export type CaptionTrack = z.infer<typeof CaptionTrack>;

export const Caption = CaptionTrack.extend({ cues: z.array(Cue) });
export type Caption = z.infer<typeof Caption>;

export const CaptionQuery = z.object({
  version: z.coerce.number().int().nonnegative(),
  label: sharedText({ max: 30 }).optional(),
});

/** What was wrong at one place of a file, and that place was mended or left out. */
export const CueProblem = z.enum(['badTime', 'backward', 'noText', 'tooLong', 'markup', 'unordered']);
export type CueProblem = z.infer<typeof CueProblem>;

export const CaptionReport = z.object({
  /** How many problems there were; the first of them are told. `line` counts from 1. */
  count: z.number().int(),
  problems: z.array(z.object({ line: z.number().int(), why: CueProblem })).max(50),
});
export type CaptionReport = z.infer<typeof CaptionReport>;
export const PROBLEMS_TOLD = 50;

export const SavedCaption = z.object({ caption: Caption, report: CaptionReport });
export type SavedCaption = z.infer<typeof SavedCaption>;
