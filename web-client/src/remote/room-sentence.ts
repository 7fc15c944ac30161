import { micHoldOf, type TeacherView } from '../classroom/lesson-view.ts';
import type { LessonSnapshot } from '../lesson/session.ts';

export interface RoomSentence {
  word:
    | 'remote.waitTitle'
    | 'remote.waitOpen'
    | 'remote.reconnecting'
    | 'remote.teacherAway'
    | 'remote.teacherMicOff'
    | 'remote.live'
    | 'remote.teacherHearsUs'
    | 'remote.weAreMuted'
    | 'remote.micFailed'
    | 'remote.watching'
    | 'steering.pausedTitle'
    | 'steering.micByTeacher'
    | 'steering.ourTurn';
  tone: 'good' | 'warn' | 'plain';
}

/** The one sentence at the foot of the big screen: what the room most needs to know now. */
export function roomSentence(snapshot: LessonSnapshot, teacher: TeacherView, sends: boolean): RoomSentence {
  const { live, local, phase, media, me } = snapshot;
  if (phase === 'reconnecting' && media !== 'connected') return { word: 'remote.reconnecting', tone: 'warn' };
  if (teacher.presence === 'away') return { word: 'remote.teacherAway', tone: 'warn' };
  if (live.steering.paused) return { word: 'steering.pausedTitle', tone: 'warn' };
  const mic = local.find(({ role }) => role === 'mic');
  if (sends && mic?.state === 'failed') return { word: 'remote.micFailed', tone: 'warn' };
  if (live.state !== 'live')
    return { word: teacher.presence === 'here' ? 'remote.waitOpen' : 'remote.waitTitle', tone: 'plain' };
  if (teacher.presence === 'absent') return { word: 'remote.waitTitle', tone: 'plain' };
  if (teacher.face && !teacher.micOn) return { word: 'remote.teacherMicOff', tone: 'warn' };
  if (!sends) return { word: 'remote.live', tone: 'good' };
  if (mic?.paused) return { word: 'remote.weAreMuted', tone: 'warn' };
  const held = me && micHoldOf(live, me.participantId);
  if (held) return { word: 'steering.micByTeacher', tone: 'plain' };
  if (live.steering.stage.kind === 'room') return { word: 'steering.ourTurn', tone: 'good' };
  return mic?.state === 'sending'
    ? { word: 'remote.teacherHearsUs', tone: 'good' }
    : { word: 'remote.live', tone: 'plain' };
}
