import { Config } from '#platform/config.ts';
import { SchoolWeek, type WeekLesson } from '#protocol/timetable.ts';
import { localLessonRoutes } from '../src/timetable/local-lesson-routes.ts';
import { LessonMaker } from '../src/timetable/make-lessons.ts';
import { calendarRoutes, ownTimetableRoutes } from '../src/timetable/own-routes.ts';
import { timetableRoutes } from '../src/timetable/timetable-routes.ts';
import { TestApp } from './app.ts';
import type { Answer, TestPerson } from './person.ts';
import { type TimetableWorld, timetableWorld } from './timetable.ts';

export const TZ = 'Asia/Shanghai';

/** Which field of a refused form is wrong, and how. */
export const fieldsOf = ({ body }: Answer): string[] =>
  (body as { error: { fields: { path: string; issue: string }[] } }).error.fields.map(
    ({ path, issue }) => `${path} ${issue}`,
  );

/** The timetable's routes over its small world, and the bureau's clerk at them. */
export class TimetableApp {
  readonly app: TestApp;
  readonly world: TimetableWorld;
  readonly bureau: TestPerson;
  readonly maker: LessonMaker;

  /** @param clock what the platform takes for now. */
  static async open(
    open: NonNullable<Parameters<typeof TestApp.open>[1]>['open'],
    clock: () => number = Date.now,
  ): Promise<TimetableApp> {
    const maker = new LessonMaker(TZ);
    const app = await TestApp.open(
      (shared) => {
        const parts = { ...shared, config: Config.parse({}) };
        return {
          api: [timetableRoutes(parts, maker, clock), localLessonRoutes(parts), ownTimetableRoutes(parts)],
          calendar: calendarRoutes({ ...parts, timeZone: TZ }),
        };
      },
      { open },
    );
    return new TimetableApp(app, await timetableWorld(app.db), await app.signIn('马建国'), maker);
  }

  private constructor(app: TestApp, world: TimetableWorld, bureau: TestPerson, maker: LessonMaker) {
    this.app = app;
    this.world = world;
    this.bureau = bureau;
    this.maker = maker;
  }

  close = (): Promise<void> => this.app.close();

  /** No lessons but those of the pairing. */
  async anew(): Promise<void> {
    await this.app.db.deleteFrom('lesson').execute();
    await this.app.db.deleteFrom('local_lesson').execute();
    await this.maker.make(this.world.pairingId, this.app.db);
  }

  week = (day: string, who = this.bureau, organizationId = this.world.school): Promise<SchoolWeek> =>
    who.get(SchoolWeek, 'GET', `/api/timetable/week?organizationId=${organizationId}&day=${day}`);

  lessonOn = async (day: string): Promise<WeekLesson> =>
    (await this.week(day)).lessons.find((lesson) => lesson.day === day)!;

  act = (lesson: WeekLesson, what: string, body: object, who = this.bureau): Promise<Answer> =>
    who.ask('POST', `/api/lessons/${lesson.lessonId}/${what}`, { version: lesson.version, ...body });

  /** One more lesson: music of the fifth form, with the teaching point. */
  planned = (changes: object = {}) => {
    const { world } = this;
    return {
      ...{ organizationId: world.school, courseId: world.id('音乐 五年级上册'), teacherId: world.id('周明') },
      ...{
        masterClassroomId: world.id('实验小学录播教室'),
        masterClassGroupId: world.id('五年级(2)班'),
      },
      ...{ place: { day: '2027-09-15', period: 3 }, remotes: [{ classroomId: world.id('石门教学点教室') }] },
      ...changes,
    };
  };
}
