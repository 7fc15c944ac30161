import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { RosterImport, type RosterMissing } from '#protocol/roster.ts';
import { call } from '../api/call.ts';

const BUSY_MS = 700;

const IMPORTS = '/api/roster/imports';

export const rowsPath = (importId: string): string => `${IMPORTS}/${importId}/rows`;
export const templatePath = (standard: boolean): string => `/api/roster/template?standard=${standard}`;
export const exportPath = (organizationId: string, excel: boolean): string =>
  `/api/roster/export?organization=${organizationId}&excel=${excel}`;

export const importQuery = (importId: string) =>
  queryOptions({
    queryKey: ['roster-import', importId],
    queryFn: () => call(RosterImport, `${IMPORTS}/${importId}`),
    refetchInterval: ({ state }) => (state.data?.busy ? BUSY_MS : false),
  });

export const rosterApi = {
  begin: (organizationId: string) =>
    call(RosterImport, IMPORTS, { method: 'POST', body: { organizationId } }),
  put: (importId: string, file: File) =>
    call(RosterImport, `${IMPORTS}/${importId}/files/${encodeURIComponent(file.name)}`, {
      method: 'PUT',
      file,
    }),
  plan: (importId: string, missing?: RosterMissing) =>
    call(RosterImport, `${IMPORTS}/${importId}/plan`, { method: 'POST', body: { missing } }),
  apply: (importId: string) => call(RosterImport, `${IMPORTS}/${importId}/apply`, { method: 'POST' }),
  remove: (importId: string) => call(z.unknown(), `${IMPORTS}/${importId}`, { method: 'DELETE' }),
};
