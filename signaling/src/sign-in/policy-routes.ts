import { Router } from 'express';
import { StoredPasswordPolicy } from '#protocol/sign-in.ts';
import { actorOf } from '../audit/audit.ts';
import { accountOf } from '../http/guards.ts';
import type { SignInParts } from './sign-in-parts.ts';

/** The rule about passwords is the whole platform's: decided at the top of the tree. */
export function policyRoutes({ db, office, audit, passwords }: SignInParts): Router {
  const router = Router();
  const { policies } = passwords;
  const root = async () =>
    (
      await db
        .selectFrom('organization')
        .select('id')
        .where('parent_id', 'is', null)
        .where('archived_at', 'is', null)
        .orderBy('id')
        .limit(1)
        .executeTakeFirst()
    )?.id ?? null;

  router.get('/password-policy', async (request, response) => {
    await office.mustMay(accountOf(request), 'policy.edit', await root());
    response.json(await policies.current());
  });

  router.put('/password-policy', async (request, response) => {
    const account = accountOf(request);
    const organizationId = await root();
    await office.mustMay(account, 'policy.edit', organizationId);
    const policy = await policies.change(StoredPasswordPolicy.parse(request.body), account.accountId);
    const object = { kind: 'setting', id: 'passwordPolicy' };
    await audit.write(actorOf(request), {
      ...{ action: 'setting.changed', organizationId, object, detail: policy },
    });
    response.json(policy);
  });

  return router;
}
