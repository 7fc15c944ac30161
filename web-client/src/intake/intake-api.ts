import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { type CatalogueMany, Intake, Known, type Proof } from '#protocol/intake.ts';
import { PackageReport } from '#protocol/package.ts';
import { call } from '../api/call.ts';

const LOOK_MS = 1_500;
const Anything = z.unknown();
const Intakes = z.array(Intake);

export const intakeApi = {
  all: () => call(Intakes, '/api/library/intakes'),
  known: (body: { name: string; bytes: number; sha256: string }) =>
    call(Known, '/api/library/known', { method: 'POST', body }),
  prove: (intakeId: string, body: Proof) =>
    call(Intake, `/api/library/intakes/${intakeId}/proof`, { method: 'POST', body }),
  retry: (intakeId: string) => call(Intake, `/api/library/intakes/${intakeId}/retry`, { method: 'POST' }),
  withdraw: (intakeId: string) =>
    call(Anything, `/api/library/intakes/${intakeId}/withdraw`, { method: 'POST' }),
  report: (intakeId: string) => call(PackageReport, `/api/library/packages/${intakeId}`),
  importPackage: (intakeId: string, skipRefused: boolean) =>
    call(Intake, `/api/library/packages/${intakeId}/import`, { method: 'POST', body: { skipRefused } }),
  describe: (body: CatalogueMany) =>
    call(Intakes, '/api/library/intakes/catalogue', { method: 'POST', body }),
};

const isMoving = ({ state }: Intake): boolean => state === 'checking' || state === 'preparing';

/** What became of this person's files; asked often while the platform is at work on one. */
export const intakesQuery = queryOptions({
  queryKey: ['intakes'],
  queryFn: intakeApi.all,
  refetchInterval: ({ state }) => (state.data?.some(isMoving) ? LOOK_MS : false),
});

export const reportQuery = (intakeId: string) =>
  queryOptions({ queryKey: ['package', intakeId], queryFn: () => intakeApi.report(intakeId), staleTime: 0 });
