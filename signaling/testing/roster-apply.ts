import { openDatabase } from '../src/database/database.ts';
import { applyPlan } from '../src/roster/apply.ts';
import { planOf } from './roster.ts';

/* `roster-apply.ts <folder> <import id>`: does a planned import and kills itself within, before the memberships. */

const [folder = '', importId = ''] = process.argv.slice(2);
const { db } = await openDatabase(folder);
const { plan, rootId, accountId } = await planOf(db, importId);
const { entries } = plan;
/** The rows are asked for once for each kind, the memberships' last. */
let asked = 0;
Object.defineProperty(plan, 'entries', {
  get() {
    asked += 1;
    if (asked === 7) process.kill(process.pid, 'SIGKILL');
    return entries;
  },
});
await applyPlan(db, { plan, rootId, importId, accountId });
