import { readFileSync } from 'node:fs';

/** The platform's version, from the package manifest. */
export const VERSION = (
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
).version;
