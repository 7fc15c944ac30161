import { Router } from 'express';
import {
  ClassroomChange,
  type ClassroomRow,
  NewClassroom,
  RoomQuery,
  Versioned,
} from '#protocol/directory.ts';
import { Id } from '#protocol/ids.ts';
import { actorOf } from '../audit/audit.ts';
import { accountOf } from '../http/guards.ts';
import type { OfficeParts } from '../office/office-api.ts';
import { type ExportColumn, sendTable } from '../office/table-export.ts';
import { Classrooms } from './classrooms.ts';
import { Closing } from './closing.ts';
import { exported } from './exported.ts';
import { stateWord } from './words.ts';

const COLUMNS: ExportColumn<ClassroomRow>[] = [
  { title: '教室', value: ({ name }) => name },
  { title: '机构', value: ({ organizationName }) => organizationName },
  { title: '班级', value: ({ classGroups }) => classGroups.map(({ name }) => name).join('、') },
  { title: '设备', value: ({ devices }) => devices },
  { title: '状态', value: ({ archivedAt }) => stateWord(archivedAt) },
];

export function classroomRoutes(parts: OfficeParts): Router {
  const router = Router();
  const classrooms = new Classrooms(parts);
  const closing = new Closing(parts, 'classroom');
  const idIn = (params: Record<string, unknown>): Id => Id.parse(params.classroomId);

  router.get('/classrooms', async (request, response) => {
    const query = RoomQuery.parse(request.query);
    const page = await classrooms.page(accountOf(request), query);
    if (!query.format) return void response.json(page);
    await exported(parts, request, { list: 'classrooms', rows: page.total });
    await sendTable(response, { format: query.format, name: '教室', columns: COLUMNS, rows: page.rows });
  });

  router.post('/classrooms', async (request, response) => {
    const id = await classrooms.create(
      actorOf(request),
      accountOf(request),
      NewClassroom.parse(request.body),
    );
    response.status(201).json(await classrooms.find(id));
  });

  router.get('/classrooms/:classroomId', async (request, response) => {
    const account = accountOf(request);
    const room = await classrooms.find(idIn(request.params));
    await parts.office.mustMay(account, 'directory.see', room?.organizationId ?? null);
    response.json(room);
  });

  router.put('/classrooms/:classroomId', async (request, response) => {
    const id = idIn(request.params);
    await classrooms.change(actorOf(request), accountOf(request), id, ClassroomChange.parse(request.body));
    response.json(await classrooms.find(id));
  });

  for (const [act, method] of [
    ['archive', 'close'],
    ['restore', 'reopen'],
  ] as const)
    router.post(`/classrooms/:classroomId/${act}`, async (request, response) => {
      const id = idIn(request.params);
      const { version } = Versioned.parse(request.body);
      await closing[method](actorOf(request), accountOf(request), id, version);
      if (method === 'close') await parts.accounts.endSessions({ accountId: id }, 'device');
      response.json(await classrooms.find(id));
    });

  return router;
}
