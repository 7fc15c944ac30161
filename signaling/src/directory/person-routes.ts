import { Router } from 'express';
import {
  BulkAct,
  LoginQuestion,
  NewPerson,
  PeopleQuery,
  type Person,
  PersonChange,
  RolesChange,
  Versioned,
} from '#protocol/directory.ts';
import { PeopleLines } from '#protocol/directory-lines.ts';
import { Id } from '#protocol/ids.ts';
import { actorOf } from '../audit/audit.ts';
import { accountOf } from '../http/guards.ts';
import type { OfficeParts } from '../office/office-api.ts';
import { type ExportColumn, sendTable } from '../office/table-export.ts';
import { exported } from './exported.ts';
import { freeLogins } from './logins.ts';
import { mustBeThere, People } from './people.ts';
import { PeopleBulk } from './people-bulk.ts';
import { PersonLines } from './person-lines.ts';
import { PersonRepository } from './person-repository.ts';
import { ROLE_WORDS, STATE_WORDS } from './words.ts';

const COLUMNS: ExportColumn<Person>[] = [
  { title: '姓名', value: ({ name }) => name },
  { title: '用户名', value: ({ login }) => login },
  { title: '工号或学号', value: ({ number }) => number },
  { title: '机构', value: ({ organizationName }) => organizationName },
  {
    title: '身份',
    value: ({ roles }) =>
      roles.map(({ role, organizationName }) => `${ROLE_WORDS[role]}（${organizationName}）`).join('、'),
  },
  { title: '班级', value: ({ classGroups }) => classGroups.map(({ name }) => name).join('、') },
  { title: '状态', value: ({ state }) => STATE_WORDS[state] },
];

export function personRoutes(parts: OfficeParts): Router {
  const router = Router();
  const { db, office } = parts;
  const read = new PersonRepository(db, office);
  const people = new People(parts);
  const bulk = new PeopleBulk(parts, people);
  const lines = new PersonLines(parts);
  const idIn = (params: Record<string, unknown>): Id => Id.parse(params.accountId);

  router.get('/people', async (request, response) => {
    const account = accountOf(request);
    const query = PeopleQuery.parse(request.query);
    const page = await read.page(account, query, { all: query.format !== undefined });
    if (!query.format) return void response.json(page);
    await exported(parts, request, { list: 'people', rows: page.total });
    await sendTable(response, { format: query.format, name: '人员', columns: COLUMNS, rows: page.rows });
  });

  router.get('/people/login', async (request, response) => {
    const account = accountOf(request);
    await office.mustMay(account, 'person.edit', account.organizationId);
    const { name } = LoginQuestion.parse(request.query);
    response.json({ login: (await freeLogins(db, [name]))[0] });
  });

  router.post('/people/bulk', async (request, response) => {
    response.json(await bulk.act(actorOf(request), accountOf(request), BulkAct.parse(request.body)));
  });

  router.post('/people/lines', async (request, response) => {
    response.json(await lines.take(actorOf(request), accountOf(request), PeopleLines.parse(request.body)));
  });

  router.get('/people/:accountId', async (request, response) => {
    response.json(mustBeThere(await read.find(accountOf(request), idIn(request.params))));
  });

  router.post('/people', async (request, response) => {
    const id = await people.create(actorOf(request), accountOf(request), NewPerson.parse(request.body));
    response.status(201).json((await read.ofIds([id]))[0]);
  });

  router.put('/people/:accountId', async (request, response) => {
    const id = idIn(request.params);
    await people.change(actorOf(request), accountOf(request), id, PersonChange.parse(request.body));
    response.json((await read.ofIds([id]))[0]);
  });

  router.put('/people/:accountId/roles', async (request, response) => {
    const id = idIn(request.params);
    const { roles, version } = RolesChange.parse(request.body);
    await people.changeRoles(actorOf(request), accountOf(request), id, roles, version);
    response.json((await read.ofIds([id]))[0]);
  });

  for (const act of ['archive', 'restore'] as const)
    router.post(`/people/:accountId/${act}`, async (request, response) => {
      const id = idIn(request.params);
      const { version } = Versioned.parse(request.body);
      await people.archive(actorOf(request), accountOf(request), id, version, act === 'archive');
      response.json((await read.ofIds([id]))[0]);
    });

  return router;
}
