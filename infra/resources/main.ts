import { createInterface } from 'node:readline/promises';
import { loadConfig } from '#platform/config.ts';
import { DeletionProof } from '#protocol/review.ts';

// `npm run resources -- prove-deleted <id>`: looks for a deleted resource in every table and every file of a running
// platform, and says what it found. Ends with 1 when something is left.

const USAGE = 'npm run resources -- prove-deleted <resource id> [--origin http://127.0.0.1:3000]\n';
const [verb, resourceId, ...rest] = process.argv.slice(2);
process.exitCode = await main();

async function main(): Promise<number> {
  if (verb !== 'prove-deleted' || !resourceId) {
    process.stderr.write(USAGE);
    return 2;
  }
  const config = loadConfig();
  const given = rest[rest.indexOf('--origin') + 1];
  const origin = rest.includes('--origin') && given ? given : `http://127.0.0.1:${config.http.port}`;
  const cookie = await cookieOf();
  const response = await fetch(new URL(`/api/resources/${resourceId}/proof`, origin), {
    headers: { cookie },
  }).catch((error: Error) => error);
  if (response instanceof Error) {
    process.stderr.write(`${origin} does not answer: start the platform first (npm start).\n`);
    return 1;
  }
  if (!response.ok) {
    process.stderr.write(`${response.status} ${await response.text()}\n`);
    return 1;
  }
  const proof = DeletionProof.parse(await response.json());
  process.stdout.write(written(proof));
  return proof.clean ? 0 : 1;
}

/** An administrator's session, from the environment or typed: the platform knows nobody else who may ask. */
async function cookieOf(): Promise<string> {
  const token = process.env.TC_SESSION ?? (await asked('Session of an administrator (cookie tc_session): '));
  return `tc_session=${token.trim()}`;
}

async function asked(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await lines.question(question);
  lines.close();
  return answer;
}

function written({ tombstone, places, kept, clean }: DeletionProof): string {
  const lines = [
    tombstone
      ? `${tombstone.kind} “${tombstone.title}”, deleted ${new Date(tombstone.deletedAt).toISOString()} by ${tombstone.byName ?? 'the rule of retention'}: ${tombstone.why}`
      : 'No record of a deletion.',
    ...places.map(({ place, left }) => `${left === 0 ? '  nothing ' : `  ${left} LEFT `} ${place}`),
    ...kept.map(({ place, because }) => `  kept     ${place}: ${because}`),
    clean ? 'Nothing is left.' : 'Something is left.',
  ];
  return `${lines.join('\n')}\n`;
}
