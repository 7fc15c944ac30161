import express, { type Request, type Response, Router } from 'express';
import type { Logger } from '#platform/logger.ts';
import { Id } from '#protocol/ids.ts';
import { ResourceKind } from '#protocol/resource.ts';
import { oaiIdentifier } from '../metadata/formats.ts';
import { LOM_NAMESPACE, LOM_SCHEMA } from '../metadata/lom.ts';
import { buildXml, type Tree } from '../metadata/xml.ts';
import type { HarvestItem, HarvestRepository } from './harvest-repository.ts';
import { DC_NAMESPACE, DC_SCHEMA, headerOf, recordOf, stampOf } from './oai-records.ts';
import {
  type ListRequest,
  OaiError,
  type OaiRequest,
  prefixOf,
  readList,
  readRequest,
  setOf,
  setSpecs,
  writeToken,
} from './oai-request.ts';

export interface OaiOptions {
  repository: HarvestRepository;
  name: string;
  adminEmail: string;
  /** Where this platform is for others; empty: as it was asked for. */
  publicUrl: string;
  logger: Logger;
  pageSize?: number;
}

const PAGE = 100;
const OAI = 'http://www.openarchives.org/OAI/2.0/';

/** The OAI-PMH 2.0 door, through which a province's platform harvests what may be harvested. Nobody signs in. */
export function oaiRouter(options: OaiOptions): Router {
  const router = Router();
  router.use(express.urlencoded({ extended: false, limit: '16kb' }));
  router.get('/', (request, response) => answer(request, response, parametersOf(request.originalUrl)));
  router.post('/', (request, response) => {
    // As it was sent, so that what is given twice is seen to be.
    const body = (request.body ?? {}) as Record<string, string | string[]>;
    const pairs = Object.entries(body).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
    return answer(request, response, new URLSearchParams(pairs as [string, string][]));
  });

  async function answer(request: Request, response: Response, parameters: URLSearchParams): Promise<void> {
    const origin = options.publicUrl || `${request.protocol}://${request.headers.host ?? 'localhost'}`;
    const baseUrl = `${origin}/oai`;
    let asked: OaiRequest | null = null;
    let body: Tree;
    try {
      asked = readRequest(parameters);
      body = { [asked.verb]: await new Answer(options, origin, baseUrl).to(asked) };
    } catch (error) {
      if (!(error instanceof OaiError)) throw error;
      body = { error: { '@code': error.code, '#text': error.message } };
      // What was not understood is not repeated.
      if (error.code === 'badVerb' || error.code === 'badArgument') asked = null;
    }
    response.type('text/xml; charset=utf-8').send(
      buildXml({
        'OAI-PMH': {
          '@xmlns': OAI,
          '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
          '@xsi:schemaLocation': `${OAI} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd`,
          responseDate: stampOf(new Date()),
          request: { ...attributesOf(asked), '#text': baseUrl },
          ...body,
        },
      }),
    );
  }
  return router;
}

const parametersOf = (url: string) => new URL(url, 'http://localhost').searchParams;

const attributesOf = (asked: OaiRequest | null): Tree =>
  asked
    ? Object.fromEntries(
        Object.entries({ verb: asked.verb, ...asked.arguments }).map(([name, value]) => [`@${name}`, value]),
      )
    : {};

class Answer {
  readonly #options: OaiOptions;
  readonly #origin: string;
  readonly #baseUrl: string;

  constructor(options: OaiOptions, origin: string, baseUrl: string) {
    this.#options = options;
    this.#origin = origin;
    this.#baseUrl = baseUrl;
  }

  async to({ verb, arguments: given }: OaiRequest): Promise<Tree> {
    switch (verb) {
      case 'Identify':
        return await this.#identify();
      case 'ListMetadataFormats':
        if (given.identifier !== undefined) await this.#item(given.identifier);
        return { metadataFormat: FORMATS };
      case 'ListSets':
        if (given.resumptionToken !== undefined)
          throw new OaiError('badResumptionToken', 'all sets come at once');
        return await this.#sets();
      case 'GetRecord': {
        const prefix = prefixOf(given.metadataPrefix!);
        const [record] = await this.#records([await this.#item(given.identifier!)], prefix);
        return { record: record! };
      }
      case 'ListIdentifiers':
      case 'ListRecords':
        return await this.#list(readList(given), verb);
    }
  }

  async #identify(): Promise<Tree> {
    const { repository, name, adminEmail } = this.#options;
    return {
      repositoryName: name,
      baseURL: this.#baseUrl,
      protocolVersion: '2.0',
      adminEmail,
      earliestDatestamp: stampOf((await repository.earliest()) ?? new Date()),
      deletedRecord: 'persistent',
      granularity: 'YYYY-MM-DDThh:mm:ssZ',
      description: {
        'oai-identifier': {
          '@xmlns': 'http://www.openarchives.org/OAI/2.0/oai-identifier',
          '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
          '@xsi:schemaLocation':
            'http://www.openarchives.org/OAI/2.0/oai-identifier http://www.openarchives.org/OAI/2.0/oai-identifier.xsd',
          scheme: 'oai',
          repositoryIdentifier: new URL(this.#origin).hostname,
          delimiter: ':',
          sampleIdentifier: oaiIdentifier(this.#origin, 'A'.repeat(22)),
        },
      },
    };
  }

  async #sets(): Promise<Tree> {
    const { schools, subjects } = await this.#options.repository.sets();
    return {
      set: [
        ...ResourceKind.options.map((kind) => ({ setSpec: setSpecs.kind(kind), setName: kind })),
        ...schools.map(({ id, name }) => ({ setSpec: setSpecs.school(id), setName: name })),
        ...subjects.map((subject) => ({ setSpec: setSpecs.subject(subject), setName: subject })),
      ],
    };
  }

  async #list(list: ListRequest, verb: 'ListIdentifiers' | 'ListRecords'): Promise<Tree> {
    const { repository, pageSize = PAGE } = this.#options;
    const found = await repository.list(list.query, list.after, pageSize + 1);
    if (found.length === 0 && list.after === null) throw new OaiError('noRecordsMatch', 'nothing matches');
    const page = found.slice(0, pageSize);
    const last = page.at(-1);
    const more = found.length > pageSize && last;
    const cursor = list.cursor + page.length;
    const resumptionToken =
      more || list.after
        ? {
            '@completeListSize': String(await repository.count(list.query)),
            '@cursor': String(list.cursor),
            // Empty on the last page: the end of the list.
            '#text': more ? writeToken(list, setOf(list), last, cursor) : '',
          }
        : undefined;
    return verb === 'ListRecords'
      ? { record: await this.#records(page, list.prefix), resumptionToken }
      : { header: page.map((item) => headerOf(item, this.#origin)), resumptionToken };
  }

  async #records(items: HarvestItem[], prefix: ListRequest['prefix']): Promise<Tree[]> {
    const { repository } = this.#options;
    const ids = items.filter(({ deleted }) => !deleted).map(({ resourceId }) => resourceId);
    const [resources, sources] = [await repository.resources(ids), await repository.sources(ids)];
    return items.map((item) => {
      const told = { origin: this.#origin, file: sources.get(item.resourceId) ?? null };
      return recordOf(item, resources.get(item.resourceId) ?? null, prefix, told);
    });
  }

  /** @throws OaiError idDoesNotExist, also for what may not be harvested */
  async #item(identifier: string): Promise<HarvestItem> {
    const resourceId = identifier.split(':').at(-1) ?? '';
    const known = Id.safeParse(resourceId).success && identifier === oaiIdentifier(this.#origin, resourceId);
    const item = known ? await this.#options.repository.find(resourceId) : null;
    if (!item) throw new OaiError('idDoesNotExist', 'no such item here');
    return item;
  }
}

const FORMATS: Tree[] = [
  { metadataPrefix: 'oai_dc', schema: DC_SCHEMA, metadataNamespace: DC_NAMESPACE },
  { metadataPrefix: 'lom', schema: LOM_SCHEMA, metadataNamespace: LOM_NAMESPACE },
];
