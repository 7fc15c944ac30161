import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '#platform/ids.ts';
import type { ResourceState } from '#protocol/resource.ts';
import { TestApp } from '../../testing/app.ts';
import type { TestPerson } from '../../testing/person.ts';
import { giveBack, pass, promised, Reviewed, reviewRoutesOf, terms } from '../../testing/review.ts';

let app: TestApp;
const people = new Map<string, TestPerson>();
/** Author; her school's operator; bureau; a colleague; another school's reviewer; another county's bureau; a pupil. */
const EVERYBODY = [
  '陈静',
  '赵强',
  '马建国',
  '林芳',
  '周明',
  '邻校管理员',
  '邻县管理员',
  '刘小雨',
  '石门教学点教室',
  '',
];

beforeAll(async () => {
  app = await TestApp.open((parts) => ({ api: reviewRoutesOf(parts) }));
  await somebody('邻校管理员', await organization('邻校', 'school', '清河县教育局'));
  await somebody('邻县管理员', await organization('邻县教育局', 'bureau', null));
  for (const name of EVERYBODY) people.set(name, name ? await app.signIn(name) : app.anonymous());
});
afterAll(() => app.close());

async function organization(name: string, kind: 'school' | 'bureau', parent: string | null): Promise<string> {
  const id = newId();
  const above = await app.db
    .selectFrom('organization')
    .select('id')
    .where('name', '=', parent ?? '')
    .executeTakeFirst();
  await app.db
    .insertInto('organization')
    .values({ id, name, kind, parent_id: above?.id ?? null })
    .execute();
  return id;
}

async function somebody(name: string, organization_id: string): Promise<void> {
  const id = newId();
  await app.db.insertInto('account').values({ id, name, organization_id, kind: 'person' }).execute();
  await app.db
    .insertInto('account_role')
    .values({ account_id: id, organization_id, role: 'administrator' })
    .execute();
}

const who = (name: string) => people.get(name)!;

async function brought(to: ResourceState | 'locallyPublished'): Promise<Reviewed> {
  const it = await Reviewed.draft(app);
  const wish = to === 'locallyPublished' ? 'school' : 'public';
  const steps: [ResourceState, string, string, object][] = [
    ['submitted', '陈静', '/submit', promised(wish)],
    ['schoolPassed', '赵强', '/decision', pass],
    ['bureauPassed', '林芳', '/decision', pass],
    ['published', '马建国', '/publish', terms()],
    ['withdrawn', '陈静', '/withdraw', { reason: '有错' }],
  ];
  const until = to === 'draft' ? 0 : steps.findIndex(([state]) => state === to) + 1;
  const going = to === 'locallyPublished' ? steps.slice(0, 2) : steps.slice(0, until);
  for (const [, name, path, body] of going) await it.move(who(name), path, body);
  if (to === 'locallyPublished') await it.move(who('赵强'), '/publish', terms('school'));
  return it;
}

/** Who may do a move in the one state in which it is done; all others hear that there is no such thing, or FORBIDDEN. */
const MOVES: [string, ResourceState, object, string[]][] = [
  ['/submit', 'draft', promised(), ['陈静']],
  ['/text', 'draft', { title: '新', description: '' }, ['陈静', '赵强']],
  ['/decision', 'submitted', pass, ['赵强']],
  ['/decision', 'submitted', giveBack, ['赵强']],
  ['/decision', 'schoolPassed', pass, ['马建国', '林芳']],
  ['/decision', 'schoolPassed', giveBack, ['马建国', '林芳']],
  ['/publish', 'bureauPassed', terms(), ['赵强', '马建国', '林芳']],
  ['/publish', 'withdrawn', terms(), ['赵强', '马建国', '林芳']],
  ['/withdraw', 'published', { reason: '有错' }, ['陈静', '赵强', '马建国', '林芳']],
  ['/revise', 'withdrawn', {}, ['陈静', '赵强']],
  ['/revise', 'submitted', {}, ['陈静', '赵强']],
];

test.each(MOVES)('%s of what is %s is for %j and %j alone', async (path, state, body, allowed) => {
  const it = await brought(state);
  for (const name of EVERYBODY.filter((name) => !allowed.includes(name))) {
    const code = await it.code(who(name), path, body);
    expect([name, code]).toEqual([name, expect.stringMatching(/^(FORBIDDEN|NOT_FOUND|NOT_SIGNED_IN)$/)]);
  }
  for (const name of allowed) {
    const fresh = allowed.length === 1 ? it : await brought(state);
    expect([name, await fresh.code(who(name), path, body)]).toEqual([name, null]);
  }
});

describe('in the wrong state', () => {
  test.each<[string, ResourceState, string, object]>([
    ['/submit', 'submitted', '陈静', promised()],
    ['/decision', 'draft', '赵强', pass],
    ['/decision', 'published', '林芳', pass],
    ['/publish', 'draft', '赵强', terms('school')],
    ['/publish', 'submitted', '马建国', terms('school')],
    ['/withdraw', 'bureauPassed', '陈静', { reason: '有错' }],
    ['/revise', 'published', '陈静', {}],
  ])('%s of what is %s is refused', async (path, state, name, body) => {
    expect(await (await brought(state)).code(who(name), path, body)).toBe('WRONG_STATE');
  });
});

test('beyond the school it is published only when the bureau has passed it', async () => {
  const it = await brought('schoolPassed');
  for (const reach of ['county', 'signedIn', 'public', 'password'] as const)
    expect(await it.code(who('赵强'), '/publish', terms(reach, { password: 'geheim' }))).toBe(
      'REVIEW_NEEDED',
    );
  expect(await it.code(who('赵强'), '/publish', terms('school'))).toBeNull();
  expect(await it.code(who('赵强'), '/publish', terms('public'))).toBe('REVIEW_NEEDED');
});

test('of two reviewers at once one is overtaken, and nothing is half done', async () => {
  const it = await brought('schoolPassed');
  const version = await it.version();
  const codes = await Promise.all([
    who('马建国').code('POST', it.at('/decision'), { version, ...pass }),
    who('林芳').code('POST', it.at('/decision'), { version, ...giveBack }),
  ]);
  expect(codes.toSorted()).toEqual(['OVERTAKEN', null]);
  const { state } = (await it.find())!;
  expect(state).toBe(codes[0] === null ? 'bureauPassed' : 'draft');
  const decisions = await app.db
    .selectFrom('resource_decision')
    .select('level')
    .where('resource_id', '=', it.resourceId)
    .where('version', '>', version)
    .execute();
  expect(decisions).toHaveLength(1);
});

test('publishing while a trim is saved: one of them is done, and what is public was reviewed', async () => {
  for (let round = 0; round < 4; round += 1) {
    const it = await brought('bureauPassed');
    const { version, programme } = (await it.find())!;
    const clips = programme!.clips.map((clip) => ({ ...clip, fromMs: 60_000 }));
    const trim = it.resources.change(
      it.resourceId,
      version,
      { programme: JSON.stringify({ ...programme, clips }) },
      { byAccountId: null, what: 'edited' },
    );
    const [trimmed, published] = await Promise.all([
      trim.then(
        () => null,
        ({ code }) => code as string,
      ),
      who('马建国').code('POST', it.at('/publish'), { version, ...terms() }),
    ]);
    expect([trimmed, published].filter((code) => code === null)).toHaveLength(1);
    const now = (await it.find())!;
    expect([now.state, now.programme!.clips[0]!.fromMs]).toEqual(
      published === null ? ['published', 0] : ['draft', 60_000],
    );
  }
});

describe('what is changed after review', () => {
  test.each<[string, object]>([
    ['another title', { title: '别的题目' }],
    ['another description', { description: '别的说明' }],
  ])('%s takes it off the shelf until it is reviewed', async (_what, change) => {
    const it = await brought('published');
    const { title, description } = (await it.find())!;
    expect(await it.move(who('陈静'), '/text', { title, description, ...change })).toMatchObject({
      state: 'draft',
    });
    expect(await who('').code('GET', it.at())).toBe('NOT_FOUND');
    expect(await it.code(who('马建国'), '/publish', terms())).toBe('WRONG_STATE');
  });

  test('the same text again changes nothing', async () => {
    const it = await brought('published');
    const { title, description } = (await it.find())!;
    expect(await it.move(who('陈静'), '/text', { title, description })).toMatchObject({ state: 'published' });
  });

  test('hiding one more feed leaves it published, showing one again does not', async () => {
    const it = await brought('published');
    const hide = async (hiddenTrackIds: string[]) => {
      const { version, programme } = (await it.find())!;
      const changed = JSON.stringify({ ...programme, hiddenTrackIds });
      await it.resources.change(
        it.resourceId,
        version,
        { programme: changed },
        { byAccountId: null, what: 'edited' },
      );
      return (await it.find())!.state;
    };
    expect(await hide([newId()])).toBe('published');
    expect(await hide([])).toBe('draft');
  });
});

test('without anybody in the school to review, the bureau does it in its place', async () => {
  const it = await brought('submitted');
  expect(await it.code(who('林芳'), '/decision', pass)).toBe('FORBIDDEN');
  await app.db
    .updateTable('resource')
    .set({ author_id: who('赵强').accountId })
    .where('id', '=', it.resourceId)
    .execute();
  expect(await it.code(who('赵强'), '/decision', pass)).toBe('FORBIDDEN');
  expect(await it.code(who('林芳'), '/decision', pass)).toBeNull();
});

test('the queue holds what waits for whom', async () => {
  const submitted = await brought('submitted');
  const passed = await brought('schoolPassed');
  const local = await brought('locallyPublished');
  const waiting = async (name: string) => {
    const { body } = await who(name).ask('GET', '/api/resources/review');
    return [submitted, passed, local].map(({ resourceId }) =>
      (body as { resourceId: string }[]).some((row) => row.resourceId === resourceId),
    );
  };
  expect(await waiting('赵强')).toEqual([true, false, false]);
  expect(await waiting('林芳')).toEqual([false, true, false]);
  expect(await waiting('邻校管理员')).toEqual([false, false, false]);
  expect(await waiting('陈静')).toEqual([false, false, false]);
});

describe('opened by a password', () => {
  const opened = async () => {
    const it = await brought('bureauPassed');
    await it.move(who('马建国'), '/publish', terms('password', { password: '春天来了' }));
    return it;
  };

  test('it lets in who knows it, signed in or not, and nobody else', async () => {
    const it = await opened();
    for (const name of ['', '刘小雨', '邻校管理员']) {
      expect(await who(name).code('GET', it.at())).toBe('PASSWORD_NEEDED');
      expect(await who(name).code('POST', it.at('/unlock'), { password: '秋天' })).toBe('PASSWORD_WRONG');
    }
    const answer = await who('').ask('POST', it.at('/unlock'), { password: '春天来了' });
    const cookie = answer.headers.get('set-cookie')!.split(';')[0]!;
    expect((await who('').ask('GET', it.at(), undefined, { cookie })).status).toBe(200);
    const other = await opened();
    expect((await who('').ask('GET', other.at(), undefined, { cookie })).status).toBe(401);
    await it.move(who('马建国'), '/publish', terms('password', { password: '夏天来了' }));
    expect((await who('').ask('GET', it.at(), undefined, { cookie })).status).toBe(401);
  });

  test('without one it is not published, and terms without a new one keep it', async () => {
    const it = await brought('bureauPassed');
    expect(await it.code(who('马建国'), '/publish', terms('password'))).toBe('BAD_REQUEST');
    await it.move(who('马建国'), '/publish', terms('password', { password: '春天来了' }));
    expect(await it.code(who('马建国'), '/publish', terms('password'))).toBeNull();
  });

  test('guessing is slowed down', async () => {
    const it = await opened();
    const codes: (string | null)[] = [];
    for (let n = 0; n < 11; n += 1)
      codes.push(await who('').code('POST', it.at('/unlock'), { password: `${n}` }));
    expect(codes.at(-1)).toBe('TOO_MANY_REQUESTS');
  });
});
