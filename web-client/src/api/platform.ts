import { z } from 'zod';
import { Account, Lesson } from '#protocol/domain.ts';
import { About, Replay, Roster, type StateChange, TimelinePage } from '#protocol/rest.ts';
import { Session } from '#protocol/session.ts';
import { learnTimeZone } from '../ui/time-zone.ts';
import { call } from './call.ts';

const Anything = z.unknown();

/** A browser that plays HLS by itself cannot sign anew what it reads: it needs addresses that live longer. */
export const forPlayer = (): string =>
  'MediaSource' in window || 'ManagedMediaSource' in window ? '' : '?player=native';

/** The REST routes of sessions and lessons; shapes are in `protocol/rest.ts`. */
export const platform = {
  about: async () => {
    const about = await call(About, '/api/about');
    learnTimeZone(about.timeZone);
    return about;
  },
  session: () => call(Session, '/api/session'),
  demoAccounts: () => call(z.array(Account), '/api/demo/accounts'),
  signIn: (accountId: string) => call(Session, '/api/session', { method: 'POST', body: { accountId } }),
  signOut: () => call(Session, '/api/session', { method: 'DELETE' }),
  lessons: (from: number, to: number) => call(z.array(Lesson), `/api/lessons?from=${from}&to=${to}`),
  lesson: (lessonId: string) => call(Lesson, `/api/lessons/${lessonId}`),
  changeState: (lessonId: string, to: StateChange['to']) =>
    call(Lesson, `/api/lessons/${lessonId}/state`, { method: 'POST', body: { to } }),
  playDemo: (lessonId: string) => call(Anything, `/api/lessons/${lessonId}/demo`, { method: 'POST' }),
  planDemo: () => call(Lesson, '/api/demo/lessons', { method: 'POST' }),
  timeline: (lessonId: string) => call(TimelinePage, `/api/lessons/${lessonId}/timeline?after=0`),
  roster: (lessonId: string) => call(Roster, `/api/lessons/${lessonId}/roster`),
  replay: (lessonId: string) => call(Replay, `/api/lessons/${lessonId}/replay${forPlayer()}`),
};
