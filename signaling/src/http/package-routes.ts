import { pipeline } from 'node:stream/promises';
import { type Request, Router } from 'express';
import { z } from 'zod';
import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import { AppError } from '#protocol/errors.ts';
import { Id } from '#protocol/ids.ts';
import { ImportPackage, MAX_ROWS, PackageReport } from '#protocol/package.ts';
import { type Audit, actorOf } from '../audit/audit.ts';
import type { IntakeRepository, IntakeRow } from '../intake/intake-repository.ts';
import type { Intakes } from '../intake/intakes.ts';
import { MetadataFormat, metadataOf, writeMetadata } from '../metadata/formats.ts';
import { type PackedResource, writePackage } from '../package/package-writer.ts';
import type { ResourceAccess } from '../resource/access.ts';
import type { ResourceRepository } from '../resource/resource-repository.ts';
import { accountOf } from './guards.ts';

export interface PackageRouteServices {
  intakes: Intakes;
  repository: IntakeRepository;
  resources: ResourceRepository;
  access: ResourceAccess;
  blobs: BlobStore;
  audit: Audit;
  /** Where this platform is for others; empty: as it was asked for. */
  publicUrl: string;
}

const Ids = z.object({
  ids: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(Id).min(1).max(MAX_ROWS)),
});
const Asked = z.object({ format: MetadataFormat.default('lom'), as: z.enum(['xml', 'json']).default('xml') });

/** Packages in and out, and the metadata of one resource; see `protocol/package.ts`. */
export function packageRoutes(services: PackageRouteServices): Router {
  const { intakes, repository, resources, access, blobs, audit, publicUrl } = services;
  const router = Router();
  const originOf = (request: Request) =>
    publicUrl || `${request.protocol}://${request.headers.host ?? 'localhost'}`;

  async function mine(request: Request): Promise<IntakeRow> {
    const { accountId } = accountOf(request);
    const row = await repository.find(Id.parse(request.params.intakeId));
    if (row?.accountId !== accountId || row.kind !== 'package')
      throw new AppError('NOT_FOUND', 'no such package');
    return row;
  }

  router.get('/library/package', async (request, response) => {
    const account = accountOf(request);
    const { ids } = Ids.parse(request.query);
    const all: PackedResource[] = [];
    for (const id of new Set(ids)) {
      // All of it was asked before the first byte goes: a package is whole or not at all.
      const resource = await access.permitted(id, account, 'resource.export', request.headers.cookie);
      const files = await resources.files(id);
      all.push({ resource, source: files.find(({ role }) => role === 'source') ?? null });
    }
    for (const { resource } of all)
      await audit.write(actorOf(request), {
        ...{ action: 'resource.exported', organizationId: resource.organizationId },
        ...{ object: { kind: 'resource', id: resource.resourceId }, detail: { package: true } },
      });
    response.setHeader('Content-Type', 'application/zip');
    response.setHeader('Content-Disposition', 'attachment; filename="resources.zip"');
    await pipeline(writePackage(blobs, all, originOf(request)), response).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
      },
    );
  });

  router.get('/library/packages/:intakeId', async (request, response) => {
    const { report } = await mine(request);
    if (!report) throw new AppError('NOT_READY', 'the package is being looked into');
    response.json(PackageReport.parse(report));
  });

  router.post('/library/packages/:intakeId/import', async (request, response) => {
    const row = await mine(request);
    response.status(202).json(await intakes.importPackage(row, ImportPackage.parse(request.body ?? {})));
  });

  router.get('/resources/:resourceId/metadata', async (request, response) => {
    const account = response.locals.account ?? null;
    const { format, as } = Asked.parse(request.query);
    const { resourceId } = request.params;
    const resource = await access.permitted(
      Id.parse(resourceId),
      account,
      'resource.see',
      request.headers.cookie,
    );
    const source = (await resources.files(resourceId)).find(({ role }) => role === 'source') ?? null;
    const text = writeMetadata(format, as, metadataOf(resource, { origin: originOf(request), file: source }));
    response.setHeader('Content-Disposition', `attachment; filename="${format}.${as}"`);
    response.type(as === 'xml' ? 'application/xml' : 'application/json').send(text);
  });

  return router;
}
