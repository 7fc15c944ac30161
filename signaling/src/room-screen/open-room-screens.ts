import type { Router } from 'express';
import type { Config } from '#platform/config.ts';
import type { Db } from '../database/database.ts';
import { DeviceRepository } from '../device/device-repository.ts';
import type { LessonRepository } from '../lesson/lesson-repository.ts';
import { Presences } from './presences.ts';
import { Readiness } from './readiness.ts';
import { roomRoutes } from './room-routes.ts';
import { RoomScreens } from './room-screens.ts';

export interface RoomScreensParts {
  db: Db;
  config: Config;
  lessons: LessonRepository;
}

/** Puts the screens of classrooms together. */
export function openRoomScreens({ db, config, lessons }: RoomScreensParts): Router {
  const presences = new Presences(db);
  const readiness = new Readiness({ db, lessons, presences });
  const screens = new RoomScreens({ db, lessons, readiness, timeZone: config.school.timeZone });
  const devices = new DeviceRepository(db, config.nodes.secret);
  return roomRoutes({ screens, readiness, presences, devices });
}
