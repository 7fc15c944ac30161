import { Router } from 'express';
import { type Course, CourseChange, CourseQuery, NewCourse, Versioned } from '#protocol/directory.ts';
import { Id } from '#protocol/ids.ts';
import { NewReferenceItem, ReferenceKey } from '#protocol/reference.ts';
import { actorOf } from '../audit/audit.ts';
import { accountOf } from '../http/guards.ts';
import type { OfficeParts } from '../office/office-api.ts';
import { type ExportColumn, sendTable } from '../office/table-export.ts';
import { Closing } from './closing.ts';
import { Courses } from './courses.ts';
import { exported } from './exported.ts';
import { Reference } from './reference.ts';
import { stateWord } from './words.ts';

const COLUMNS: ExportColumn<Course>[] = [
  { title: '课程', value: ({ title }) => title },
  { title: '机构', value: ({ organizationName }) => organizationName },
  { title: '学段', value: ({ stage }) => stage },
  { title: '年级', value: ({ grade }) => grade },
  { title: '学科', value: ({ subject }) => subject },
  { title: '教材版本', value: ({ textbook }) => textbook },
  { title: '课时', value: ({ lessons }) => lessons },
  { title: '状态', value: ({ archivedAt }) => stateWord(archivedAt) },
];

/** Courses, and the lists that they and the classes are made from. */
export function courseRoutes(parts: OfficeParts): Router {
  const router = Router();
  const courses = new Courses(parts);
  const closing = new Closing(parts, 'course');
  const reference = new Reference(parts);
  const idIn = (params: Record<string, unknown>): Id => Id.parse(params.courseId);

  router.get('/courses', async (request, response) => {
    const query = CourseQuery.parse(request.query);
    const page = await courses.page(accountOf(request), query);
    if (!query.format) return void response.json(page);
    await exported(parts, request, { list: 'courses', rows: page.total });
    await sendTable(response, { format: query.format, name: '课程', columns: COLUMNS, rows: page.rows });
  });

  router.post('/courses', async (request, response) => {
    const id = await courses.create(actorOf(request), accountOf(request), NewCourse.parse(request.body));
    response.status(201).json(await courses.find(id));
  });

  router.get('/courses/:courseId', async (request, response) => {
    const account = accountOf(request);
    const course = await courses.find(idIn(request.params));
    await parts.office.mustMay(account, 'directory.see', course?.organizationId ?? null);
    response.json(course);
  });

  router.put('/courses/:courseId', async (request, response) => {
    const id = idIn(request.params);
    await courses.change(actorOf(request), accountOf(request), id, CourseChange.parse(request.body));
    response.json(await courses.find(id));
  });

  for (const [act, method] of [
    ['archive', 'close'],
    ['restore', 'reopen'],
  ] as const)
    router.post(`/courses/:courseId/${act}`, async (request, response) => {
      const id = idIn(request.params);
      const { version } = Versioned.parse(request.body);
      await closing[method](actorOf(request), accountOf(request), id, version);
      response.json(await courses.find(id));
    });

  router.get('/reference', async (request, response) => {
    accountOf(request);
    response.json(await reference.list());
  });

  router.post('/reference', async (request, response) => {
    const item = NewReferenceItem.parse(request.body);
    response.status(201).json(await reference.add(actorOf(request), accountOf(request), item));
  });

  for (const act of ['archive', 'restore'] as const)
    router.post(`/reference/${act}`, async (request, response) => {
      const key = ReferenceKey.parse(request.body);
      response.json(await reference.archive(actorOf(request), accountOf(request), key, act === 'archive'));
    });

  return router;
}
