import { networkInterfaces } from 'node:os';

export interface SummaryInput {
  httpPort: number;
  /** Undefined where HTTPS is switched off. */
  httpsPort?: number | undefined;
  lanAddresses: string[];
  demo: boolean;
  /** Path of the link that makes the first administrator. */
  firstStart?: string | undefined;
  elapsedMs: number;
  chinese: boolean;
}

/** The one thing a person has to read after `npm start`. */
export function summary({
  httpPort,
  httpsPort,
  lanAddresses,
  demo,
  firstStart,
  elapsedMs,
  chinese,
}: SummaryInput): string {
  const t = (en: string, zh: string) => (chinese ? zh : en);
  const rows: [string, string][] = [[t('On this machine', '本机打开'), `http://localhost:${httpPort}`]];
  const elsewhere = httpsPort === undefined ? [] : lanAddresses.map((host) => `https://${host}:${httpsPort}`);
  for (const origin of elsewhere) rows.push([t('In the school network', '校园网内打开'), origin]);
  if (firstStart !== undefined) {
    const word = t('Make the administrator (once, 24 h)', '建立管理员(只能用一次,24 小时内)');
    // A server in a cupboard has no browser of its own: the same link, as another computer opens it.
    for (const origin of [`http://localhost:${httpPort}`, ...elsewhere.slice(0, 1)])
      rows.push([
        origin === elsewhere[0] ? t('  or from another computer', '  或者在另一台电脑上') : word,
        `${origin}${firstStart}`,
      ]);
  }
  if (demo) rows.push([t('See a demo lesson', '看一节演示课'), 'npm run teach']);
  rows.push([t('Stop', '停止'), 'Ctrl+C']);
  const width = Math.max(...rows.map(([label]) => columns(label)));
  const took = (elapsedMs / 1000).toFixed(1);
  const title = t(`Three Classrooms is running (ready in ${took} s)`, `三个课堂已启动(用时 ${took} 秒)`);
  const lines = rows.map(([label, value]) => `  ${label}${' '.repeat(width - columns(label))}   ${value}`);
  return `\n${title}\n\n${lines.join('\n')}\n`;
}

/** Addresses by which other machines of the network reach this one. */
export function lanAddresses(interfaces = networkInterfaces()): string[] {
  return Object.values(interfaces)
    .flatMap((list) => list ?? [])
    .filter((entry) => entry.family === 'IPv4' && !entry.internal)
    .map((entry) => entry.address);
}

/** Terminal columns of a text: a Chinese character takes two. */
const columns = (text: string) => [...text].reduce((sum, char) => sum + (char > '\u2e7f' ? 2 : 1), 0);
