import { exitWithParent } from '#platform/parent.ts';
import { resultOf } from './figure.ts';
import { FIGURES } from './figures.ts';

// Measures one figure in a process of its own and tells the parent the result.

exitWithParent();
const figure = FIGURES.find(({ name }) => name === process.argv[2]);
if (!figure) throw new Error(`no figure ${process.argv[2]}`);
const since = performance.now();
const say = (text: string) => {
  const seconds = ((performance.now() - since) / 1000).toFixed(0).padStart(4);
  process.stderr.write(`${seconds} s  ${text}\n`);
};
const { measure } = await figure.load();
try {
  const result = resultOf(figure, await measure(say));
  process.send?.({ result }, () => process.exit(0));
} catch (error) {
  process.send?.({ error: (error as Error).stack ?? String(error) }, () => process.exit(1));
}
