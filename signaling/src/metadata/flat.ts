import { ResourceKind } from '#protocol/resource.ts';
import { dayOf } from './lom.ts';
import { asLicence, type Metadata, PLACES, type Place, type RawMetadata } from './metadata.ts';
import { childrenOf, type Tree, textAt } from './xml.ts';

/* Field sets that are a list of names: one table each, read in both directions. */

type Field = Place | 'knowledgePoints' | Exclude<keyof Metadata, 'catalogue'>;

export interface FlatFormat {
  root: string;
  namespace: string;
  /** What each field is called there. */
  names: Record<Field, string>;
}

/** Basic education resources; names by the field set's English element names. See `docs/metadata.md` for doubts. */
export const JYT_0607: FlatFormat = {
  root: 'educationResource',
  namespace: 'urn:three-classrooms:metadata:jyt0607',
  names: {
    identifier: 'identifier',
    title: 'title',
    description: 'description',
    knowledgePoints: 'keyword',
    kind: 'learningResourceType',
    stage: 'schoolStage',
    grade: 'grade',
    subject: 'subject',
    edition: 'textbookVersion',
    volume: 'textbookVolume',
    chapter: 'chapter',
    section: 'section',
    licence: 'rights',
    author: 'author',
    organization: 'authorOrganization',
    created: 'createDate',
    published: 'publishDate',
    mime: 'format',
    bytes: 'size',
    seconds: 'duration',
    location: 'location',
  },
};

/** Digital textbooks and their parts; names in the manner of Dublin Core. */
export const GBT_41469: FlatFormat = {
  root: 'contentObject',
  namespace: 'urn:three-classrooms:metadata:gbt41469',
  names: {
    identifier: 'identifier',
    title: 'title',
    description: 'description',
    knowledgePoints: 'knowledgePoint',
    kind: 'type',
    stage: 'educationalLevel',
    grade: 'grade',
    subject: 'discipline',
    edition: 'edition',
    volume: 'volume',
    chapter: 'chapter',
    section: 'section',
    licence: 'rights',
    author: 'creator',
    organization: 'publisher',
    created: 'created',
    published: 'issued',
    mime: 'format',
    bytes: 'extent',
    seconds: 'duration',
    location: 'source',
  },
};

export function toFlat({ root, namespace, names }: FlatFormat, metadata: Metadata): Tree {
  const { catalogue, ...plain } = metadata;
  const { knowledgePoints, ...places } = catalogue;
  const values: Record<string, unknown> = { ...plain, ...places };
  const elements = (Object.entries(names) as [Field, string][]).map(([field, name]) => {
    if (field === 'knowledgePoints') return [name, knowledgePoints];
    const value = values[field];
    return [name, value === null || value === '' || value === undefined ? undefined : String(value)];
  });
  return { [root]: { '@xmlns': namespace, '@language': 'zh-CN', ...Object.fromEntries(elements) } };
}

export function fromFlat({ root, names }: FlatFormat, tree: Tree): RawMetadata {
  const [node] = childrenOf(tree, root);
  const text = (field: Field) => textAt(node, names[field]);
  const number = (field: Field) => (/^\d{1,15}$/.test(text(field) ?? '') ? Number(text(field)) : null);
  const kind = ResourceKind.safeParse(text('kind'));
  return {
    identifier: text('identifier'),
    title: text('title') ?? '',
    description: text('description') ?? '',
    kind: kind.success ? kind.data : null,
    catalogue: {
      ...Object.fromEntries(PLACES.map((place) => [place, text(place)])),
      knowledgePoints: childrenOf(node, names.knowledgePoints).flatMap((one) => textAt(one) ?? []),
    },
    licence: asLicence(text('licence')),
    author: text('author') ?? '',
    organization: text('organization') ?? '',
    created: dayOf(text('created')),
    published: dayOf(text('published')),
    mime: text('mime'),
    bytes: number('bytes'),
    seconds: number('seconds'),
    location: text('location'),
  };
}
