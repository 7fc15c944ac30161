import { ResourceFiles } from '#protocol/intake.ts';
import { Resource } from '#protocol/resource.ts';
import { Replay, TimelinePage } from '#protocol/rest.ts';
import { call } from './call.ts';
import { forPlayer } from './platform.ts';

/** The REST routes of a resource; apart from `platform.ts`, because no classroom loads them. */
export const resources = {
  one: (resourceId: string) => call(Resource, `/api/resources/${resourceId}`),
  unlock: (resourceId: string, password: string) =>
    call(Resource, `/api/resources/${resourceId}/unlock`, { method: 'POST', body: { password } }),
  replay: (resourceId: string) => call(Replay, `/api/resources/${resourceId}/replay${forPlayer()}`),
  files: (resourceId: string) => call(ResourceFiles, `/api/resources/${resourceId}/files`),
  timeline: (resourceId: string, recordingId: string) =>
    call(TimelinePage, `/api/resources/${resourceId}/timeline?recordingId=${recordingId}`),
};
