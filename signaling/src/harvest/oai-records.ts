import type { ResourceKind } from '#protocol/resource.ts';
import { metadataOf, oaiIdentifier, type Told } from '../metadata/formats.ts';
import { LOM_NAMESPACE, LOM_SCHEMA, toLom } from '../metadata/lom.ts';
import { type Metadata, PLACES } from '../metadata/metadata.ts';
import type { Tree } from '../metadata/xml.ts';
import type { ResourceRow } from '../resource/resource-rows.ts';
import type { HarvestItem } from './harvest-repository.ts';
import { type Prefix, setSpecs } from './oai-request.ts';

export const DC_NAMESPACE = 'http://www.openarchives.org/OAI/2.0/oai_dc/';
export const DC_SCHEMA = 'http://www.openarchives.org/OAI/2.0/oai_dc.xsd';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** The DCMI types of what there is. */
const TYPES: Record<ResourceKind, string> = {
  replay: 'MovingImage',
  microVideo: 'MovingImage',
  film: 'MovingImage',
  document: 'Text',
  image: 'StillImage',
};

export const stampOf = (date: Date): string => date.toISOString().replace(/\.\d+Z$/, 'Z');

export function headerOf(item: HarvestItem, origin: string): Tree {
  const { resourceId, stamp, deleted, kind, organizationId, subject } = item;
  return {
    ...(deleted && { '@status': 'deleted' }),
    identifier: oaiIdentifier(origin, resourceId),
    datestamp: stampOf(stamp),
    setSpec: [
      setSpecs.kind(kind),
      setSpecs.school(organizationId),
      ...(subject ? [setSpecs.subject(subject)] : []),
    ],
  };
}

export function recordOf(item: HarvestItem, resource: ResourceRow | null, prefix: Prefix, told: Told): Tree {
  const header = headerOf(item, told.origin);
  if (item.deleted || !resource) return { header };
  const metadata = metadataOf(resource, told);
  return { header, metadata: prefix === 'lom' ? lomOf(metadata) : dublinCoreOf(metadata) };
}

function lomOf(metadata: Metadata): Tree {
  const { lom } = toLom(metadata);
  const head = { '@xmlns:xsi': XSI, '@xsi:schemaLocation': `${LOM_NAMESPACE} ${LOM_SCHEMA}` };
  return { lom: { ...(lom as Tree), ...head } };
}

function dublinCoreOf(metadata: Metadata): Tree {
  const { title, description, kind, catalogue, licence, author, organization, published, mime, location } =
    metadata;
  const places = PLACES.flatMap((place) => catalogue[place] ?? []);
  return {
    'oai_dc:dc': {
      '@xmlns:oai_dc': DC_NAMESPACE,
      '@xmlns:dc': 'http://purl.org/dc/elements/1.1/',
      '@xmlns:xsi': XSI,
      '@xsi:schemaLocation': `${DC_NAMESPACE} ${DC_SCHEMA}`,
      'dc:title': title,
      'dc:creator': author || undefined,
      'dc:subject': [...places, ...catalogue.knowledgePoints],
      'dc:description': description || undefined,
      'dc:publisher': organization || undefined,
      'dc:date': published ?? undefined,
      'dc:type': kind ? TYPES[kind] : undefined,
      'dc:format': mime ?? undefined,
      'dc:identifier': location ?? undefined,
      'dc:language': 'zh-CN',
      'dc:rights': licenceWords(licence),
    },
  };
}

function licenceWords(licence: Metadata['licence']): string {
  if (licence === 'reserved') return 'All rights reserved';
  const [, terms, version] = /^CC-(.+)-([\d.]+)$/.exec(licence)!;
  return `https://creativecommons.org/licenses/${terms!.toLowerCase()}/${version}/`;
}
