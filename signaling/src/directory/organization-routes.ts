import { Router } from 'express';
import {
  NewOrganization,
  type Organization,
  OrganizationChange,
  OrganizationMove,
  OrganizationQuery,
  Versioned,
} from '#protocol/directory.ts';
import { Id } from '#protocol/ids.ts';
import { actorOf } from '../audit/audit.ts';
import { accountOf } from '../http/guards.ts';
import type { OfficeParts } from '../office/office-api.ts';
import { sendTable } from '../office/table-export.ts';
import { exported } from './exported.ts';
import { OrganizationRepository } from './organization-repository.ts';
import { Organizations } from './organizations.ts';
import { KIND_WORDS, pathsOf, stateWord } from './words.ts';

export function organizationRoutes(parts: OfficeParts): Router {
  const router = Router();
  const { office } = parts;
  const read = new OrganizationRepository(parts.db);
  const organizations = new Organizations(parts);
  const idIn = (params: Record<string, unknown>): Id => Id.parse(params.organizationId);

  router.get('/organizations', async (request, response) => {
    const account = accountOf(request);
    const { archived, format } = OrganizationQuery.parse(request.query);
    const all = await read.list(office.where(account, 'directory.see', 'o.id'), {
      archived: archived === true,
    });
    if (!format) return void response.json(all);
    await exported(parts, request, { list: 'organizations', rows: all.length });
    const paths = pathsOf(all);
    await sendTable<Organization>(response, {
      format,
      name: '机构',
      columns: [
        { title: '名称', value: ({ name }) => name },
        { title: '类型', value: ({ kind }) => KIND_WORDS[kind] },
        { title: '代码', value: ({ code }) => code },
        { title: '联系电话', value: ({ phone }) => phone },
        { title: '上级', value: ({ organizationId }) => paths.get(organizationId)!.slice(0, -1).join(' / ') },
        { title: '人员', value: ({ people }) => people },
        { title: '教室', value: ({ classrooms }) => classrooms },
        { title: '班级', value: ({ classGroups }) => classGroups },
        { title: '状态', value: ({ archivedAt }) => stateWord(archivedAt) },
      ],
      rows: all,
    });
  });

  router.post('/organizations', async (request, response) => {
    const account = accountOf(request);
    const id = await organizations.create(actorOf(request), account, NewOrganization.parse(request.body));
    response.status(201).json(await read.find(id));
  });

  router.put('/organizations/:organizationId', async (request, response) => {
    const [account, id] = [accountOf(request), idIn(request.params)];
    await organizations.change(actorOf(request), account, id, OrganizationChange.parse(request.body));
    response.json(await read.find(id));
  });

  router.post('/organizations/:organizationId/move', async (request, response) => {
    const [account, id] = [accountOf(request), idIn(request.params)];
    await organizations.move(actorOf(request), account, id, OrganizationMove.parse(request.body));
    response.json(await read.find(id));
  });

  for (const act of ['archive', 'restore'] as const)
    router.post(`/organizations/:organizationId/${act}`, async (request, response) => {
      const [account, id] = [accountOf(request), idIn(request.params)];
      await organizations[act](actorOf(request), account, id, Versioned.parse(request.body).version);
      response.json(await read.find(id));
    });

  return router;
}
