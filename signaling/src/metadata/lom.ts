import { ResourceKind } from '#protocol/resource.ts';
import { asLicence, type Metadata, PLACES, type RawMetadata } from './metadata.ts';
import { readVcard, writeVcard } from './vcard.ts';
import { childrenOf, type Tree, textAt } from './xml.ts';

/* IEEE 1484.12.1 LOM in the XML binding of IEEE 1484.12.3 (`docs/metadata.md`). */

export const LOM_NAMESPACE = 'http://ltsc.ieee.org/xsd/LOM';
export const LOM_SCHEMA = 'http://ltsc.ieee.org/xsd/lomv1.0/lom.xsd';
const LOM = 'LOMv1.0';
/** Source of what LOM has no words for. */
const OWN = 'three-classrooms';
/** Each taxon's id says which place of the catalogue it is. */
const TAXONOMY = 'three-classrooms:catalogue';

const string = (text: string, language = 'zh-CN'): Tree => ({
  string: { '@language': language, '#text': text },
});
const vocabulary = (value: string, source = LOM): Tree => ({ source, value });

export function toLom(metadata: Metadata): Tree {
  const { identifier, title, description, catalogue, licence, kind, mime, bytes, seconds, location } =
    metadata;
  const { author, organization, created, published } = metadata;
  const contribute = [
    ...(author || organization ? [contribution('author', { author, organization }, created)] : []),
    ...(published ? [contribution('publisher', { author: '', organization }, published)] : []),
  ];
  const taxon = PLACES.flatMap((place) => {
    const entry = catalogue[place];
    return entry === null ? [] : [{ id: place, entry: string(entry) }];
  });
  return {
    lom: {
      '@xmlns': LOM_NAMESPACE,
      general: {
        identifier: identifier ? { catalog: 'URI', entry: identifier } : undefined,
        title: string(title),
        language: 'zh-CN',
        description: description ? string(description) : undefined,
        keyword: catalogue.knowledgePoints.map((point) => string(point)),
      },
      lifeCycle: contribute.length > 0 ? { contribute } : undefined,
      metaMetadata: { metadataSchema: LOM, language: 'zh-CN' },
      technical:
        mime || bytes !== null || location || seconds !== null
          ? {
              format: mime ?? undefined,
              size: bytes === null ? undefined : String(bytes),
              location: location ?? undefined,
              duration: seconds === null ? undefined : { duration: `PT${seconds}S` },
            }
          : undefined,
      educational: {
        learningResourceType: kind ? vocabulary(kind, OWN) : undefined,
        context: vocabulary('school'),
      },
      rights: {
        copyrightAndOtherRestrictions: vocabulary('yes'),
        description: string(licence, 'x-none'),
      },
      classification:
        taxon.length > 0
          ? { purpose: vocabulary('discipline'), taxonPath: { source: string(TAXONOMY, 'x-none'), taxon } }
          : undefined,
    },
  };
}

function contribution(
  role: 'author' | 'publisher',
  who: { author: string; organization: string },
  day: string | null,
): Tree {
  return {
    role: vocabulary(role),
    entity: writeVcard({ name: who.author || who.organization, organization: who.organization }),
    date: day ? { dateTime: day } : undefined,
  };
}

/** Reads LOM of any platform; what it has and we do not is left out. */
export function fromLom(tree: Tree): RawMetadata {
  const [lom] = childrenOf(tree, 'lom');
  const [general] = childrenOf(lom, 'general');
  const [technical] = childrenOf(lom, 'technical');
  const contributions = childrenOf(lom, 'lifeCycle').flatMap((cycle) => childrenOf(cycle, 'contribute'));
  const ofRole = (role: string) => contributions.find((one) => textAt(one, 'role', 'value') === role);
  const author = ofRole('author');
  const card = readVcard(textAt(author, 'entity') ?? textAt(contributions[0], 'entity') ?? '');
  const kind = childrenOf(lom, 'educational').map((one) => textAt(one, 'learningResourceType', 'value'))[0];
  const seconds = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?$/.exec(
    textAt(technical, 'duration', 'duration') ?? '',
  );
  const size = textAt(technical, 'size');
  return {
    identifier: textAt(general, 'identifier', 'entry'),
    title: textAt(general, 'title', 'string') ?? '',
    description: textAt(general, 'description', 'string') ?? '',
    kind: ResourceKind.safeParse(kind).success ? kind : null,
    catalogue: {
      ...placesOf(lom),
      knowledgePoints: childrenOf(general, 'keyword').flatMap((one) => textAt(one, 'string') ?? []),
    },
    licence: asLicence(textAt(lom, 'rights', 'description', 'string')),
    author: card.name === card.organization ? '' : card.name,
    organization: card.organization,
    created: dayOf(textAt(author, 'date', 'dateTime')),
    published: dayOf(textAt(ofRole('publisher'), 'date', 'dateTime')),
    mime: textAt(technical, 'format'),
    bytes: size && /^\d{1,15}$/.test(size) ? Number(size) : null,
    seconds: seconds ? seconds.slice(1).reduce((sum, part) => sum * 60 + Number(part ?? 0), 0) : null,
    location: textAt(technical, 'location'),
  };
}

function placesOf(lom: unknown): Partial<Record<string, string>> {
  const places: Partial<Record<string, string>> = {};
  for (const classification of childrenOf(lom, 'classification')) {
    if (textAt(classification, 'purpose', 'value') !== 'discipline') continue;
    for (const path of childrenOf(classification, 'taxonPath')) {
      for (const taxon of childrenOf(path, 'taxon')) {
        const id = textAt(taxon, 'id') ?? '';
        const entry = textAt(taxon, 'entry', 'string');
        if (!entry) continue;
        if ((PLACES as readonly string[]).includes(id)) places[id] = entry;
        // Another platform's discipline begins with the subject.
        else places.subject ??= entry;
      }
    }
  }
  return places;
}

/** The day of a date with or without a time; null when it is none. */
export function dayOf(text: string | null): string | null {
  const day = /^\d{4}-\d{2}-\d{2}/.exec(text ?? '')?.[0] ?? null;
  return day && !Number.isNaN(Date.parse(day)) ? day : null;
}
