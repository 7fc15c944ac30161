import { z } from 'zod';
import { Id } from '#protocol/ids.ts';
import { ResourceKind } from '#protocol/resource.ts';
import type { HarvestPlace, HarvestQuery, HarvestSet } from './harvest-repository.ts';

/* Requests of OAI-PMH 2.0, read as strictly as the protocol says: http://www.openarchives.org/OAI/openarchivesprotocol.html */

export type OaiErrorCode =
  | 'badArgument'
  | 'badResumptionToken'
  | 'badVerb'
  | 'cannotDisseminateFormat'
  | 'idDoesNotExist'
  | 'noRecordsMatch';

export class OaiError extends Error {
  readonly code: OaiErrorCode;
  constructor(code: OaiErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export const PREFIXES = ['oai_dc', 'lom'] as const;
export type Prefix = (typeof PREFIXES)[number];

/** What each verb may and must be asked with; `resumptionToken` stands alone. */
const VERBS = {
  Identify: { required: [], optional: [] },
  ListMetadataFormats: { required: [], optional: ['identifier'] },
  ListSets: { required: [], optional: [], token: true },
  ListIdentifiers: { required: ['metadataPrefix'], optional: ['from', 'until', 'set'], token: true },
  ListRecords: { required: ['metadataPrefix'], optional: ['from', 'until', 'set'], token: true },
  GetRecord: { required: ['identifier', 'metadataPrefix'], optional: [] },
} as const satisfies Record<string, { required: string[]; optional: string[]; token?: true }>;
export type Verb = keyof typeof VERBS;

export interface OaiRequest {
  verb: Verb;
  /** All that was asked, as it is repeated in the answer. */
  arguments: Record<string, string>;
}

/** @throws OaiError badVerb, badArgument */
export function readRequest(parameters: URLSearchParams): OaiRequest {
  const [verb, ...more] = parameters.getAll('verb');
  if (!verb || more.length > 0 || !Object.hasOwn(VERBS, verb))
    throw new OaiError('badVerb', 'one known verb, once');
  const known: { required: readonly string[]; optional: readonly string[]; token?: true } =
    VERBS[verb as Verb];
  const given: Record<string, string> = {};
  for (const [name, value] of parameters) {
    if (name === 'verb') continue;
    const may = [...known.required, ...known.optional, ...(known.token ? ['resumptionToken'] : [])];
    if (!may.includes(name)) throw new OaiError('badArgument', `${verb} knows no ${shown(name)}`);
    if (name in given) throw new OaiError('badArgument', `${name} is given twice`);
    given[name] = value;
  }
  if ('resumptionToken' in given) {
    if (Object.keys(given).length > 1) throw new OaiError('badArgument', 'resumptionToken stands alone');
    return { verb: verb as Verb, arguments: given };
  }
  const missing = known.required.find((name) => !given[name]);
  if (missing) throw new OaiError('badArgument', `${missing} is missing`);
  return { verb: verb as Verb, arguments: given };
}

const shown = (name: string) => name.slice(0, 40);

/** What a list is asked for, and where it goes on. */
export interface ListRequest {
  prefix: Prefix;
  query: HarvestQuery;
  after: HarvestPlace | null;
  /** How many came before. */
  cursor: number;
}

/** @throws OaiError badArgument, badResumptionToken, cannotDisseminateFormat, noRecordsMatch */
export function readList({
  resumptionToken,
  metadataPrefix,
  from,
  until,
  set,
}: Record<string, string>): ListRequest {
  if (resumptionToken !== undefined) return readToken(resumptionToken);
  const query = { from: from ? moment(from, 'from') : null, until: until ? moment(until, 'until') : null };
  if (from && until && from.length !== until.length)
    throw new OaiError('badArgument', 'from and until have the same granularity');
  if (query.from && query.until && query.from > query.until)
    throw new OaiError('badArgument', 'from is after until');
  return {
    prefix: prefixOf(metadataPrefix ?? ''),
    query: { ...query, set: set === undefined ? null : readSet(set) },
    after: null,
    cursor: 0,
  };
}

export function prefixOf(text: string): Prefix {
  if (!(PREFIXES as readonly string[]).includes(text))
    throw new OaiError('cannotDisseminateFormat', `no ${shown(text)} here`);
  return text as Prefix;
}

/** A day, or a second; a day's `until` is its last second. */
function moment(text: string, end: 'from' | 'until'): Date {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  if (!isDay && !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(text))
    throw new OaiError('badArgument', `${end} is no UTC date`);
  const date = new Date(isDay ? `${text}T${end === 'from' ? '00:00:00' : '23:59:59'}Z` : text);
  // The 30th of February is read as the 2nd of March.
  if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(text.slice(0, 10)))
    throw new OaiError('badArgument', `${end} is no UTC date`);
  return date;
}

export const setSpecs = {
  kind: (kind: string) => `kind:${kind}`,
  school: (organizationId: string) => `school:${organizationId}`,
  /** A setSpec has no room for Chinese: UTF-8 as hex. */
  subject: (subject: string) => `subject:${Buffer.from(subject).toString('hex')}`,
};

function readSet(text: string): HarvestSet {
  const [family, value = '', more] = text.split(':');
  if (more === undefined && family === 'kind' && ResourceKind.safeParse(value).success)
    return { kind: value };
  if (more === undefined && family === 'school' && Id.safeParse(value).success)
    return { organizationId: value };
  if (more === undefined && family === 'subject' && /^([0-9a-f]{2}){1,120}$/.test(value))
    return { subject: Buffer.from(value, 'hex').toString() };
  if (!/^[A-Za-z0-9\-_.!~*'():]+$/.test(text)) throw new OaiError('badArgument', 'not a setSpec');
  throw new OaiError('noRecordsMatch', 'no such set');
}

const Token = z.strictObject({
  p: z.enum(PREFIXES),
  f: z.number().nullable(),
  u: z.number().nullable(),
  s: z.string().nullable(),
  a: z.tuple([z.number(), Id]),
  c: z.number().int().positive(),
});

/** All that the next page needs is in the token itself: it never dies, and asking twice gives the same. */
export function writeToken(
  list: ListRequest,
  set: string | null,
  after: HarvestPlace,
  cursor: number,
): string {
  const { prefix, query } = list;
  const token: z.infer<typeof Token> = {
    p: prefix,
    f: query.from?.getTime() ?? null,
    u: query.until?.getTime() ?? null,
    s: set,
    a: [after.stamp.getTime(), after.resourceId],
    c: cursor,
  };
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

export function setOf({ query: { set } }: ListRequest): string | null {
  if (!set) return null;
  if ('kind' in set) return setSpecs.kind(set.kind);
  return 'subject' in set ? setSpecs.subject(set.subject) : setSpecs.school(set.organizationId);
}

function readToken(text: string): ListRequest {
  try {
    const { p, f, u, s, a, c } = Token.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    return {
      prefix: p,
      query: {
        from: f === null ? null : new Date(f),
        until: u === null ? null : new Date(u),
        set: s === null ? null : readSet(s),
      },
      after: { stamp: new Date(a[0]), resourceId: a[1] },
      cursor: c,
    };
  } catch {
    throw new OaiError('badResumptionToken', 'not a token of this repository');
  }
}
