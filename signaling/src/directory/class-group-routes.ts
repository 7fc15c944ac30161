import { Router } from 'express';
import {
  type ClassGroup,
  ClassGroupChange,
  ClassGroupQuery,
  NewClassGroup,
  Promotion,
  Versioned,
} from '#protocol/directory.ts';
import { Id } from '#protocol/ids.ts';
import { actorOf } from '../audit/audit.ts';
import { accountOf } from '../http/guards.ts';
import type { OfficeParts } from '../office/office-api.ts';
import { type ExportColumn, sendTable } from '../office/table-export.ts';
import { ClassGroups } from './class-groups.ts';
import { Closing } from './closing.ts';
import { exported } from './exported.ts';
import { promote } from './promotion.ts';
import { stateWord } from './words.ts';

const COLUMNS: ExportColumn<ClassGroup>[] = [
  { title: '班级', value: ({ name }) => name },
  { title: '机构', value: ({ organizationName }) => organizationName },
  { title: '学段', value: ({ stage }) => stage },
  { title: '年级', value: ({ grade }) => grade },
  { title: '入学年份', value: ({ enrolledYear }) => enrolledYear },
  { title: '班主任', value: ({ headTeacherName }) => headTeacherName },
  { title: '教室', value: ({ classroomName }) => classroomName },
  { title: '人数', value: ({ pupils }) => pupils },
  { title: '状态', value: ({ archivedAt }) => stateWord(archivedAt) },
];

export function classGroupRoutes(parts: OfficeParts): Router {
  const router = Router();
  const groups = new ClassGroups(parts);
  const closing = new Closing(parts, 'class_group');
  const idIn = (params: Record<string, unknown>): Id => Id.parse(params.classGroupId);

  router.get('/class-groups', async (request, response) => {
    const query = ClassGroupQuery.parse(request.query);
    const page = await groups.page(accountOf(request), query);
    if (!query.format) return void response.json(page);
    await exported(parts, request, { list: 'classGroups', rows: page.total });
    await sendTable(response, { format: query.format, name: '班级', columns: COLUMNS, rows: page.rows });
  });

  router.post('/class-groups', async (request, response) => {
    const id = await groups.create(actorOf(request), accountOf(request), NewClassGroup.parse(request.body));
    response.status(201).json(await groups.find(id));
  });

  router.post('/class-groups/promote', async (request, response) => {
    response.json(await promote(parts, actorOf(request), accountOf(request), Promotion.parse(request.body)));
  });

  router.get('/class-groups/:classGroupId', async (request, response) => {
    const account = accountOf(request);
    const group = await groups.find(idIn(request.params));
    await parts.office.mustMay(account, 'directory.see', group?.organizationId ?? null);
    response.json(group);
  });

  router.put('/class-groups/:classGroupId', async (request, response) => {
    const id = idIn(request.params);
    await groups.change(actorOf(request), accountOf(request), id, ClassGroupChange.parse(request.body));
    response.json(await groups.find(id));
  });

  for (const [act, method] of [
    ['archive', 'close'],
    ['restore', 'reopen'],
  ] as const)
    router.post(`/class-groups/:classGroupId/${act}`, async (request, response) => {
      const id = idIn(request.params);
      const { version } = Versioned.parse(request.body);
      await closing[method](actorOf(request), accountOf(request), id, version);
      response.json(await groups.find(id));
    });

  router.get('/class-groups/:classGroupId/members', async (request, response) => {
    response.json(await groups.members(accountOf(request), idIn(request.params)));
  });

  for (const [method, belongs] of [
    ['put', true],
    ['delete', false],
  ] as const)
    router[method]('/class-groups/:classGroupId/members/:accountId', async (request, response) => {
      const accountId = Id.parse(request.params.accountId);
      await groups.setMember(actorOf(request), accountOf(request), idIn(request.params), accountId, belongs);
      response.json({});
    });

  return router;
}
