import { Router } from 'express';
import type { SignedAddresses } from '#platform/signed-address.ts';
import { AppError } from '#protocol/errors.ts';
import { Id } from '#protocol/ids.ts';
import type { ResourceFiles } from '#protocol/intake.ts';
import type { ResourceFile } from '#protocol/resource.ts';
import type { ResourceAccess } from '../resource/access.ts';
import type { ResourceRepository } from '../resource/resource-repository.ts';

export interface FileRouteServices {
  resources: ResourceRepository;
  access: ResourceAccess;
  addresses: SignedAddresses;
}

/** What a resource of files shows, by addresses for minutes. */
export function fileRoutes({ resources, access, addresses }: FileRouteServices): Router {
  const router = Router();
  router.get('/resources/:resourceId/files', async (request, response) => {
    const account = response.locals.account ?? null;
    const resource = await access.permitted(
      Id.parse(request.params.resourceId),
      account,
      'resource.watch',
      request.headers.cookie,
    );
    const files = await resources.files(resource.resourceId);
    if (files.length === 0) throw new AppError('NOT_READY', 'nothing of it is ready yet');
    const of = (role: ResourceFile['role']) => files.find((file) => file.role === role) ?? null;
    const sign = (file: ResourceFile | null) => file && pathOf(addresses, file.blobKey);
    const source = of('source');
    const isPdf = source?.mime === 'application/pdf';
    const mayLoad = resource.kind !== 'film' || resource.may.includes('resource.export');
    response.json({
      cover: sign(of('cover')),
      playable: sign(of('playable')),
      pages: sign(of('pages') ?? (isPdf ? source : null)),
      image: resource.kind === 'image' ? sign(source) : null,
      source: source && mayLoad ? { path: sign(source)!, bytes: source.bytes, mime: source.mime } : null,
    } satisfies ResourceFiles);
  });
  return router;
}

/** `resources/<content>/…` lies in the scope `files/<content>`. */
function pathOf(addresses: SignedAddresses, blobKey: string): string {
  const [, content = '', ...rest] = blobKey.split('/');
  return addresses.folder(['files', content]) + rest.join('/');
}
