import { beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { onBothDatabases } from '../../../testing/both-databases.ts';
import { AccountRepository } from '../../account/account-repository.ts';
import type { Db } from '../../database/database.ts';
import { countyTermOf } from './calendar.ts';
import { type MadeCounty, makeCounty } from './county.ts';

onBothDatabases('a made-up county', (open) => {
  let db: Db;
  let county: MadeCounty;
  beforeAll(async () => {
    ({ db } = await open());
    county = await makeCounty(db, { today: new Date('2026-10-31T00:00:00Z') });
  });

  const numberOf = async (text: string) => {
    const { rows } = await sql.raw<{ n: string | number }>(text).execute(db);
    return Number(rows[0]!.n);
  };

  test('has the schools and people that the plan says', async () => {
    expect(await numberOf(`select count(*) n from organization where kind = 'school'`)).toBe(30);
    expect(await numberOf(`select count(*) n from organization where kind = 'teachingPoint'`)).toBe(12);
    expect(await numberOf(`select count(*) n from account_role where role = 'teacher'`)).toBe(600);
    expect(await numberOf(`select count(*) n from pairing where state = 'active'`)).toBe(48);
    expect(
      await numberOf('select count(distinct starts_minute * 1000 + ends_minute) n from bell_period'),
    ).toBeGreaterThan(30);
    expect(county.counts.class_group_member).toBeGreaterThan(8_000);
  });

  test('lets nobody and no class be in two of its own lessons at once', async () => {
    for (const who of ['teacher_id', 'class_group_id'])
      expect(
        await numberOf(`select count(*) n from (select 1 from local_lesson where ${who} is not null
          group by ${who}, weekday, period having count(*) > 1) twice`),
      ).toBe(0);
    expect(
      await numberOf(`select count(*) n from pairing_slot s join pairing p on p.id = s.pairing_id
        join local_lesson l on l.class_group_id = p.master_class_group_id
          and l.weekday = s.weekday and l.period = s.period`),
    ).toBe(0);
  });

  test('has held most of its lessons before today, and none after', async () => {
    expect(county.counts.lesson).toBeGreaterThan(1_500);
    const before = await numberOf(
      `select count(*) n from lesson where planned_start < '2026-10-31T00:00:00Z'`,
    );
    expect(county.held).toBeGreaterThan(before * 0.8);
    expect(county.held).toBeLessThan(before);
    expect(await numberOf(`select count(*) n from lesson where state = 'ready'`)).toBe(county.held);
    expect(
      await numberOf(`select count(*) n from lesson l where state = 'ready' and not exists
        (select 1 from timeline_event where lesson_id = l.id and type = 'lesson.started' and at = l.actual_start)`),
    ).toBe(0);
  });

  test('shows those who try it a page of people, not all of them', async () => {
    const shown = await new AccountRepository(db, 1).forDemo();
    expect(shown.length).toBeLessThan(100);
    const roles = [
      'administrator',
      'security',
      'auditor',
      'researcher',
      'teacher',
      'assistant',
      'operator',
      'classroom',
    ];
    expect(new Set(shown.map(({ role }) => role))).toEqual(new Set(roles));
  });

  test('has the term of its day, between the holidays the one that comes', () => {
    const [summer, autumn, winter, spring] = ['2026-08-02', '2026-11-23', '2027-01-30', '2027-02-01'].map(
      (day) => countyTermOf(day),
    );
    expect(autumn).toEqual(summer);
    expect(winter).toEqual(autumn);
    expect(autumn).toMatchObject({ startsOn: '2026-09-01', endsOn: '2027-01-22', volume: '上册' });
    expect(spring).toMatchObject({ name: '2026—2027学年第二学期', startsOn: '2027-03-01', volume: '下册' });
  });

  test('is the same for the same seed, and stands beside another', async () => {
    const again = await open();
    const { rootId } = await makeCounty(again.db, { size: 'small', today: new Date('2026-04-15T00:00:00Z') });
    expect(rootId).toBe(county.rootId);
    await expect(makeCounty(again.db, { size: 'small' })).rejects.toMatchObject({ code: '23505' });
    await makeCounty(again.db, { seed: 2, size: 'small' });
  });
});
