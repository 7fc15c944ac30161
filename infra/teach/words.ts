import type { IngestState } from './ingest.ts';
import type { TaughtLesson, TeachEnd, TeachProgress, TeachResult } from './teach.ts';
import type { TeachError, TeachErrorCode } from './teach-error.ts';

interface Words {
  usage: string;
  errors: Record<TeachErrorCode, (subject: string) => string>;
  states: Record<IngestState, string>;
  ends: Record<TeachEnd, string>;
  teaching(lesson: TaughtLesson): string;
  progress(times: string, kbit: number, state: string): string;
  replay(url: string): string;
  noReplay: string;
}

const ZH: Words = {
  usage: `用法:npm run teach -- [影片文件] [选项]
把一个视频(或音频)文件当作主讲教室上课;不给文件时,自动生成带时钟的画面和声音。
  --lesson ID        指定课;默认是今天第一节还没结束的课
  --server URL       平台地址
  --account 名称      以哪个账号上课;默认是这节课的主讲教室
  --duration 秒       播这么久就下课
  --no-start         不自动开课
  --no-end           影片放完后不下课
  --insecure         不检查服务器证书(自签名证书时用)`,
  errors: {
    NO_SERVER: (subject) => `连不上平台 ${subject}\n请先在另一个终端运行 npm start。`,
    BAD_CERTIFICATE: (subject) =>
      `${subject} 的证书不被信任(自签名?)。确认是自己的服务器后,加上 --insecure 再试。`,
    NO_DEMO: (subject) => `${subject} 没有开放演示账号(demo.enabled),无法自动登录。`,
    NO_ACCOUNT: (subject) => (subject ? `没有叫“${subject}”的演示账号。` : '平台上没有教室账号。'),
    NO_LESSON: () => '今天没有可以上的课。',
    LESSON_NOT_FOUND: (subject) => `找不到课 ${subject},或者这个账号不是它的主讲教室。`,
    LESSON_OVER: (subject) => `课 ${subject} 已经下课了。`,
    NO_FILE: (subject) => `没有这个文件:${subject}`,
    NOT_A_FILM: (subject) => `${subject} 不是能播放的视频或音频文件。`,
    NO_FFMPEG: () => '找不到 ffmpeg。请安装(例如 apt-get install ffmpeg),或用 FFMPEG_BIN 指明位置。',
    FFMPEG_FAILED: (subject) => `ffmpeg 出错:${subject}`,
    NOT_CONNECTED: () => '找不到通往媒体服务器的路(UDP 被防火墙挡住了?)。',
    SEAT_TAKEN: () => '主讲教室的座位被另一个页面占用了。',
    REFUSED: (subject) => `平台拒绝了请求:${subject}`,
  },
  states: { connecting: '正在重新连接', connected: '已连接', serverAway: '信令服务暂时没有应答,画面继续' },
  ends: {
    filmOver: '影片放完了。',
    stopped: '已停止。',
    aborted: '已挂断。',
    lessonEnded: '这节课已经下课。',
    seatTaken: '主讲教室在另一个页面上打开了,这里让出座位。',
  },
  teaching: ({ title, classroom, film, url }) => `《${title}》由“${classroom}”上课,播放:${film}\n观看:${url}`,
  progress: (times, kbit, state) => `${times}  ${kbit} kbit/s  ${state}`,
  replay: (url) => `回放:${url}`,
  noReplay: '回放还没有准备好。',
};

const EN: Words = {
  usage: `Usage: npm run teach -- [FILE] [options]
Plays a video (or sound) file into a lesson as its master classroom; without a file it makes a picture with a
running clock and a voice of its own.
  --lesson ID        which lesson; the first of today that is not over
  --server URL       where the platform is
  --account NAME     whom to teach as; the lesson's master classroom
  --duration SECONDS end after this time
  --no-start         do not start the lesson
  --no-end           do not end the lesson when the film is over
  --insecure         accept any server certificate (for one of the server's own making)`,
  errors: {
    NO_SERVER: (subject) =>
      `The platform does not answer: ${subject}\nRun npm start in another terminal first.`,
    BAD_CERTIFICATE: (subject) =>
      `The certificate of ${subject} is not trusted (self-signed?). If it is your own server, add --insecure.`,
    NO_DEMO: (subject) => `${subject} has no demo accounts (demo.enabled), so nobody can be signed in.`,
    NO_ACCOUNT: (subject) => (subject ? `No demo account is called "${subject}".` : 'There is no classroom.'),
    NO_LESSON: () => 'There is no lesson today that could be taught.',
    LESSON_NOT_FOUND: (subject) => `No lesson ${subject}, or this account is not its master classroom.`,
    LESSON_OVER: (subject) => `Lesson ${subject} is over.`,
    NO_FILE: (subject) => `No such file: ${subject}`,
    NOT_A_FILM: (subject) => `${subject} is no video or sound file that can be played.`,
    NO_FFMPEG: () => 'ffmpeg is missing. Install it (apt-get install ffmpeg) or name it with FFMPEG_BIN.',
    FFMPEG_FAILED: (subject) => `ffmpeg failed: ${subject}`,
    NOT_CONNECTED: () => 'There is no way to the media server (does a firewall block UDP?).',
    SEAT_TAKEN: () => "Another page took the master classroom's seat.",
    REFUSED: (subject) => `The platform refused: ${subject}`,
  },
  states: { connecting: 'reconnecting', connected: 'connected', serverAway: 'signaling away, media goes on' },
  ends: {
    filmOver: 'The film is over.',
    stopped: 'Stopped.',
    aborted: 'Hung up.',
    lessonEnded: 'The lesson was ended.',
    seatTaken: 'The master classroom was opened on another page, which has the seat now.',
  },
  teaching: ({ title, classroom, film, url }) =>
    `"${title}", taught by "${classroom}", playing: ${film}\nWatch: ${url}`,
  progress: (times, kbit, state) => `${times}  ${kbit} kbit/s  ${state}`,
  replay: (url) => `Replay: ${url}`,
  noReplay: 'The replay is not ready yet.',
};

/** By the usual variables of the locale. */
export function wordsFor(env: NodeJS.ProcessEnv): Words {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return locale.toLowerCase().startsWith('zh') ? ZH : EN;
}

export function sayError(words: Words, { code, subject }: TeachError): string {
  return words.errors[code](subject);
}

export function sayProgress(words: Words, progress: TeachProgress): string {
  const { elapsedMs, totalMs, kbitPerSecond, state } = progress;
  const times = `${clock(elapsedMs)} / ${totalMs === null ? '∞' : clock(totalMs)}`;
  return words.progress(times, kbitPerSecond, words.states[state]);
}

export function sayResult(words: Words, { end, replayUrl }: TeachResult, ring: boolean): string {
  const lines = [words.ends[end]];
  if (replayUrl) lines.push(words.replay(replayUrl));
  else if (end === 'lessonEnded' || (ring && (end === 'filmOver' || end === 'stopped')))
    lines.push(words.noReplay);
  return lines.join('\n');
}

function clock(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3_600);
  return `${hours > 0 ? `${hours}:` : ''}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
