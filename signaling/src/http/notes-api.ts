import type { Router } from 'express';
import type { Db } from '../database/database.ts';
import type { LessonRepository } from '../lesson/lesson-repository.ts';
import type { WordLists } from '../moderation/word-lists.ts';
import { Attic } from '../notes/attic.ts';
import { CaptionRepository } from '../notes/caption-repository.ts';
import { Captions } from '../notes/captions.ts';
import { CommentRepository } from '../notes/comment-repository.ts';
import { NoteRepository } from '../notes/note-repository.ts';
import { ProgressRepository } from '../notes/progress-repository.ts';
import { Subjects } from '../notes/subjects.ts';
import type { ResourceAccess } from '../resource/access.ts';
import { captionRoutes } from './caption-routes.ts';
import { commentRoutes } from './comment-routes.ts';
import { noteRoutes } from './note-routes.ts';
import { progressRoutes } from './progress-routes.ts';

export interface NotesParts {
  db: Db;
  lessons: LessonRepository;
  access: ResourceAccess;
  wordLists: WordLists;
}

/** Everything that people attach to the time of a replay: captions, notes, comments, and how far they have watched. */
export function notesApi({ db, lessons, access, wordLists }: NotesParts): Router[] {
  const attic = new Attic(db);
  // What was deleted before a restart is not kept longer for it.
  void attic.empty();
  const subjects = new Subjects(db, lessons, access);
  const repository = new CaptionRepository(db, attic);
  const captions = new Captions(db, repository);
  return [
    captionRoutes({ subjects, captions, repository }),
    noteRoutes(subjects, new NoteRepository(db, attic)),
    commentRoutes(subjects, new CommentRepository(db, attic), wordLists),
    progressRoutes(subjects, new ProgressRepository(db)),
  ];
}
