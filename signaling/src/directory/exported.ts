import type { Request } from 'express';
import { actorOf } from '../audit/audit.ts';
import { accountOf } from '../http/guards.ts';
import type { OfficeParts } from '../office/office-api.ts';

/** Says in the audit that a list goes out of the house, before it does. */
export async function exported(
  { audit }: Pick<OfficeParts, 'audit'>,
  request: Request,
  detail: { list: string; rows: number },
): Promise<void> {
  const { format, ...question } = request.query;
  await audit.write(actorOf(request), {
    action: 'table.exported',
    organizationId: accountOf(request).organizationId,
    object: { kind: 'table', id: detail.list },
    detail: { ...detail, format, question },
  });
}
