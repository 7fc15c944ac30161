import { loadConfig } from '#platform/config.ts';
import { exitWithParent } from '#platform/parent.ts';
import { readArguments } from './arguments.ts';
import { type TeachProgress, teach } from './teach.ts';
import { TeachError } from './teach-error.ts';
import { sayError, sayProgress, sayResult, wordsFor } from './words.ts';

/** Where nobody watches the line being rewritten (a log), progress is told this rarely. */
const LOG_EVERY_MS = 30_000;
const SAME_CTRL_C_MS = 500;

const words = wordsFor(process.env);
const options = readArguments(process.argv.slice(2), `http://localhost:${loadConfig().http.port || 3000}`);
if (!options) {
  const asked = process.argv.includes('--help') || process.argv.includes('-h');
  (asked ? process.stdout : process.stderr).write(`${words.usage}\n`);
  process.exit(asked ? 0 : 2);
}

const stop = new AbortController();
const abort = new AbortController();
exitWithParent();
// The first Ctrl-C ends the lesson in good order, the second does not wait for it. SIGTERM is the machine
// going down or the supervisor ending: the lesson is left as it is.
let interruptedAt = Number.NaN;
process.on('SIGINT', () => {
  // One Ctrl-C arrives twice: from the terminal, and passed on by npm's program.
  if (performance.now() - interruptedAt > SAME_CTRL_C_MS) process.exit(130);
  if (Number.isNaN(interruptedAt)) interruptedAt = performance.now();
  stop.abort();
});
process.on('SIGTERM', () => abort.abort());

try {
  const result = await teach({
    ...options,
    stop: stop.signal,
    abort: abort.signal,
    onLesson: (lesson) => tell(words.teaching(lesson)),
    onProgress: showProgress(),
  });
  tell(sayResult(words, result, options.end));
  process.exit(0);
} catch (error) {
  if (!(error instanceof TeachError)) throw error;
  tell(sayError(words, error));
  process.exit(1);
}

function tell(text: string): void {
  process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${text}\n` : `${text}\n`);
}

function showProgress(): (progress: TeachProgress) => void {
  if (process.stderr.isTTY)
    return (progress) => process.stderr.write(`\r\x1b[K${sayProgress(words, progress)}`);
  let toldAt = 0;
  let toldState = '';
  return (progress) => {
    if (progress.state === toldState && performance.now() - toldAt < LOG_EVERY_MS) return;
    toldAt = performance.now();
    toldState = progress.state;
    tell(sayProgress(words, progress));
  };
}
