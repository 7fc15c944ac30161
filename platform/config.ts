import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { isTimeZone } from '#protocol/calendar.ts';

const port = z.number().int().min(0).max(65535);
const section = <T extends z.ZodRawShape>(shape: T) => z.strictObject(shape).prefault({} as never);

/**
 * Every setting with its default. `config.example.yaml` explains each one; a test keeps the two equal.
 * A key is also an environment variable: `http.port` is `TC_HTTP_PORT`, `demo.enabled` is `TC_DEMO_ENABLED`.
 * `DATABASE_URL`, as hosting platforms set it, is `database.url`, unless `TC_DATABASE_URL` says another.
 */
export const Config = z.strictObject({
  dataDir: z.string().default('data'),
  logLevel: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  http: section({
    host: z.string().default('127.0.0.1'),
    port: port.default(3000),
  }),
  https: section({
    enabled: z.boolean().default(true),
    host: z.string().default('0.0.0.0'),
    port: port.default(3443),
    certFile: z.string().default(''),
    keyFile: z.string().default(''),
  }),
  database: section({
    url: z
      .string()
      .regex(/^(postgres(ql)?:\/\/.+)?$/, 'must be empty or begin with postgres://')
      .default(''),
    connections: z.number().int().min(2).max(200).default(10),
  }),
  blobs: section({
    kind: z.enum(['folder', 's3']).default('folder'),
    bucket: z.string().default(''),
    prefix: z
      .string()
      .regex(/^([A-Za-z0-9._-]+\/)*$/, 'must be empty or end with a slash')
      .default(''),
    endpoint: z.string().default(''),
    region: z.string().default('us-east-1'),
    accessKeyId: z.string().default(''),
    secretAccessKey: z.string().default(''),
    secondFolder: z.string().default(''),
  }),
  nodes: section({
    url: z.string().default(''),
    secret: z.string().default(''),
    commandTimeoutMs: z.number().int().positive().default(8000),
  }),
  sfu: section({
    listenIp: z.string().default(''),
    announcedAddress: z.string().default(''),
    port: port.default(20000),
    workers: z.number().int().min(0).max(64).default(1),
    recordIp: z.string().default('127.0.0.1'),
    initialOutgoingBitrate: z.number().int().positive().default(1_000_000),
  }),
  recorder: section({
    listenIp: z.string().default('127.0.0.1'),
    announcedAddress: z.string().default(''),
    minPort: port.default(21000),
    maxPort: port.default(21999),
  }),
  turn: section({
    urls: z.array(z.string()).default([]),
    secret: z.string().default(''),
    ttlSeconds: z.number().int().positive().default(14_400),
  }),
  lesson: section({
    seatGraceSeconds: z.number().positive().default(45),
  }),
  courseware: section({
    maxMegabytes: z.number().int().positive().default(100),
    maxPages: z.number().int().positive().max(1000).default(300),
    maxClipSeconds: z.number().int().positive().default(60),
    conversionSeconds: z.number().int().positive().default(120),
  }),
  library: section({
    maxMegabytes: z.number().int().positive().default(4000),
    maxFilmMinutes: z.number().int().positive().default(240),
    keepFreeMegabytes: z.number().int().nonnegative().default(2000),
    abandonedHours: z.number().positive().default(24),
  }),
  media: section({
    secret: z.string().default(''),
    addressSeconds: z.number().int().min(60).max(3_600).default(300),
    streamHours: z.number().min(0.1).max(24).default(4),
    watermark: z.enum(['none', 'signedIn']).default('none'),
  }),
  exports: section({
    keepFreeMegabytes: z.number().int().nonnegative().default(2000),
  }),
  harvest: section({
    enabled: z.boolean().default(true),
    name: z.string().min(1).default('三个课堂资源库'),
    adminEmail: z.string().default('admin@localhost'),
    publicUrl: z.string().default(''),
  }),
  school: section({
    timeZone: z.string().refine(isTimeZone, 'no such time zone').default('Asia/Shanghai'),
  }),
  oidc: section({
    issuer: z
      .string()
      .regex(
        /^(https:\/\/.+|http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/.*)?)?$/,
        'must be empty or begin with https:// (http:// on this very machine only)',
      )
      .default(''),
    clientId: z.string().default(''),
    clientSecret: z.string().default(''),
    name: z.string().min(1).default('统一身份认证'),
    scopes: z.string().default('openid profile email'),
    publicUrl: z.string().default(''),
    linkClaim: z.string().default(''),
    linkField: z.enum(['login', 'number']).default('login'),
    createIn: z.string().default(''),
    createRole: z.enum(['teacher', 'assistant', 'student', 'researcher']).default('teacher'),
  }),
  session: section({
    ttlHours: z.number().positive().default(12),
  }),
  signIn: section({
    secret: z.string().default(''),
    hashMemoryKib: z.number().int().min(8).max(4_194_304).default(19_456),
    hashPasses: z.number().int().min(1).max(100).default(2),
    linkHours: z.number().positive().max(720).default(72),
  }),
  audit: section({
    keepMonths: z.number().int().min(6).default(36),
  }),
  demo: section({
    enabled: z.boolean().default(true),
  }),
});
export type Config = z.infer<typeof Config>;

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the YAML file (`TC_CONFIG`, else `config.yaml` when it is there), lays environment variables over
 * it and fills in the defaults. Throws a ConfigError that names the wrong key.
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const file = env.TC_CONFIG ?? 'config.yaml';
  let raw: unknown = {};
  if (existsSync(file)) {
    try {
      raw = parse(readFileSync(file, 'utf8')) ?? {};
    } catch (error) {
      throw new ConfigError(`${file} is not valid YAML: ${(error as Error).message}`);
    }
  } else if (env.TC_CONFIG) {
    throw new ConfigError(`TC_CONFIG names a file that is not there: ${file}`);
  }
  if (typeof raw !== 'object' || Array.isArray(raw))
    throw new ConfigError(`${file} must hold keys and values`);
  const merged = withEnvironment(raw as Record<string, unknown>, withAliases(env));
  const parsed = Config.safeParse(merged);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new ConfigError(`configuration: ${issue.path.join('.') || '(top)'}: ${issue.message}`);
  }
  return parsed.data;
}

/** Names that others gave; an empty one says nothing. */
const withAliases = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  env.DATABASE_URL ? { TC_DATABASE_URL: env.DATABASE_URL, ...env } : env;

function withEnvironment(raw: Record<string, unknown>, env: NodeJS.ProcessEnv): Record<string, unknown> {
  const defaults: Record<string, unknown> = Config.parse({});
  const result: Record<string, unknown> = { ...raw };
  for (const [key, value] of Object.entries(defaults)) {
    if (isSection(value)) {
      const merged: Record<string, unknown> = { ...((raw[key] as object | undefined) ?? {}) };
      for (const [inner, standard] of Object.entries(value)) {
        const text = env[`TC_${snake(key)}_${snake(inner)}`];
        if (text !== undefined) merged[inner] = likeDefault(text, standard);
      }
      result[key] = merged;
    } else {
      const text = env[`TC_${snake(key)}`];
      if (text !== undefined) result[key] = likeDefault(text, value);
    }
  }
  return result;
}

const isSection = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const snake = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

/** Environment variables are text: read as the default's type; what does not fit is left for the schema to refuse. */
function likeDefault(text: string, standard: unknown): unknown {
  if (typeof standard === 'number') return text.trim() === '' ? text : Number(text);
  if (typeof standard === 'boolean')
    return text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : text;
  if (Array.isArray(standard))
    return text
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean);
  return text;
}
