import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { HERE_MS, LessonReadiness, MAX_READINESS, RoomScreen } from '#protocol/room-screen.ts';
import { call } from '../api/call.ts';
import { platformNow } from '../api/clock.ts';
import { learnTimeZone } from '../ui/time-zone.ts';
import { isNear } from './current-lesson.ts';

const NEAR_MS = 4_000;
const READINESS_MS = 8_000;

/** What this room's screen shows; asking says that the screen is on, so it goes on behind other windows. */
export const roomQuery = queryOptions({
  queryKey: ['room'],
  queryFn: async () => {
    const screen = await call(RoomScreen, '/api/room/here', { method: 'POST' });
    learnTimeZone(screen.timeZone);
    return screen;
  },
  // Whatever is shown stays while the platform is away; the next beat asks again.
  retry: false,
  refetchInterval: ({ state }) =>
    state.error || state.data?.lessons.some(({ lesson }) => isNear(lesson, platformNow()))
      ? NEAR_MS
      : HERE_MS,
  refetchIntervalInBackground: true,
});

/** Whether the rooms of these lessons are ready. */
export const readinessQuery = (lessonIds: readonly string[]) =>
  queryOptions({
    queryKey: ['readiness', ...lessonIds],
    queryFn: () =>
      call(z.array(LessonReadiness), `/api/readiness?lessons=${lessonIds.slice(0, MAX_READINESS).join(',')}`),
    enabled: lessonIds.length > 0,
    refetchInterval: READINESS_MS,
  });
