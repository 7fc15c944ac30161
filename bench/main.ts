import { exitWithParent } from '#platform/parent.ts';
import { failureOf, type Result } from './figure.ts';
import { FIGURES } from './figures.ts';
import { measureApart } from './harness/apart.ts';
import { IdleWindow } from './harness/idle.ts';

// `npm run bench [-- NAME…]`: progress on stderr, one JSON object on stdout.

exitWithParent();
const names = process.argv.slice(2);
const unknown = names.filter((name) => !FIGURES.some((figure) => figure.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `No such figure: ${unknown.join(', ')}. There are: ${FIGURES.map(({ name }) => name).join(', ')}\n`,
  );
  process.exit(2);
}
const figures: Result[] = [];
for (const figure of FIGURES.filter(({ name }) => names.length === 0 || names.includes(name))) {
  process.stderr.write(`\n${figure.name}\n`);
  const since = performance.now();
  const idle = new IdleWindow();
  const measured = await measureApart(figure).catch((error: Error) => failureOf(figure, error.message));
  const result = { ...measured, idleShare: Number(idle.read().toFixed(2)) };
  figures.push(result);
  process.stderr.write(`${closingLine(result)} (${((performance.now() - since) / 1000).toFixed(0)} s)\n`);
}
process.stdout.write(`${JSON.stringify({ figures })}\n`);
process.exitCode = figures.some(({ value }) => value === null) ? 1 : 0;

function closingLine({ value, baseline, ratio, goal, judged, unit, met, error }: Result): string {
  if (value === null) return `  not measured: ${error}`;
  const against = baseline === null ? '' : `, baseline ${baseline}, ratio ${ratio}`;
  return `  ${value} ${unit}${against}; goal ${judged} ≤ ${goal}: ${met ? 'met' : 'MISSED'}`;
}
