import type { CheckCode } from '#protocol/quality.ts';
import { rememberedDevice } from '../../classroom/device-memory.ts';
import { capture, captureErrorCode } from '../../lesson/capture.ts';
import { ClientError } from '../../lesson/client-error.ts';
import type { Finding } from '../findings.ts';
import { levelOf } from '../judge/level.ts';
import { judgeLevel, judgeLoop, judgePicture, result } from '../judge/verdicts.ts';
import { lookAt } from './camera.ts';
import { openMic, SoundBlocked, SoundDesk } from './sound-desk.ts';

type Progress = (share: number) => void;

const MIC_S = 3;

/** What a failure to open a device means; null for what was told to stop, or for what nobody expects. */
function codeOf(error: unknown, device: 'camera' | 'mic'): CheckCode | null {
  if (error instanceof SoundBlocked) return 'SOUND_BLOCKED';
  const code =
    error instanceof ClientError
      ? error.code
      : error instanceof DOMException
        ? captureErrorCode(device === 'mic' ? 'mic' : 'teacher', error.name)
        : null;
  switch (code) {
    case 'INSECURE_PAGE':
    case 'CAMERA_DENIED':
    case 'CAMERA_MISSING':
    case 'CAMERA_BUSY':
    case 'MIC_DENIED':
    case 'MIC_MISSING':
    case 'MIC_BUSY':
      return code;
    default:
      return null;
  }
}

const release = (stream: MediaStream | null) => {
  for (const track of stream?.getTracks() ?? []) track.stop();
};

/** A remembered device that is gone must not fail the room: any other one does. */
async function openRemembered(
  open: (deviceId: string | undefined) => Promise<MediaStream>,
  use: 'camera' | 'mic',
): Promise<MediaStream> {
  const remembered = rememberedDevice(use);
  if (remembered === undefined) return await open(undefined);
  return await open(remembered).catch(() => open(undefined));
}

export async function measureCamera(
  signal: AbortSignal,
  progress: Progress,
  seen: (stream: MediaStream | null) => void,
): Promise<Finding[]> {
  let stream: MediaStream | null = null;
  try {
    stream = await openRemembered((deviceId) => capture('teacher', deviceId), 'camera');
    signal.throwIfAborted();
    seen(stream);
    const facts = await lookAt(stream, signal, progress);
    const { width, height } = facts;
    return [{ result: result('camera', judgePicture(facts)), detail: { width, height } }];
  } catch (error) {
    const code = codeOf(error, 'camera');
    if (signal.aborted || !code) throw error;
    return [{ result: result('camera', code), detail: {} }];
  } finally {
    seen(null);
    release(stream);
  }
}

/** @param heard how loud it is just now, 0 to 1 */
export async function measureMic(
  signal: AbortSignal,
  progress: Progress,
  { spoken, heard }: { spoken: boolean; heard(peak: number): void },
): Promise<Finding[]> {
  let stream: MediaStream | null = null;
  let desk: SoundDesk | null = null;
  try {
    stream = await openRemembered((deviceId) => openMic(deviceId, true), 'mic');
    desk = await SoundDesk.open(signal);
    const samples = await desk.listen(stream, MIC_S, signal, (peak, share) => {
      heard(peak);
      progress(share);
    });
    const level = levelOf(samples);
    return [
      { result: result('mic', judgeLevel(level, spoken)), detail: { peakDb: Math.round(level.peakDb) } },
    ];
  } catch (error) {
    const code = codeOf(error, 'mic');
    if (signal.aborted || !code) throw error;
    return [{ result: result('mic', code), detail: {} }];
  } finally {
    heard(0);
    desk?.close();
    release(stream);
  }
}

/** Plays a sound into the room: first heard by the bare microphone, then as the other rooms would hear it. */
export async function measureLoop(signal: AbortSignal, progress: Progress): Promise<Finding[]> {
  let stream: MediaStream | null = null;
  let desk: SoundDesk | null = null;
  try {
    // The microphone first: browsers let a page that listens also play.
    stream = await openRemembered((deviceId) => openMic(deviceId, true), 'mic');
    desk = await SoundDesk.open(signal);
    progress(0.1);
    const { found: plain, level } = await desk.playAndHear(stream, signal);
    progress(0.4);
    release(stream);
    stream = await openRemembered((deviceId) => openMic(deviceId, false), 'mic');
    const cleaned = plain.heard ? (await desk.playAndHear(stream, signal, 1)).found : plain;
    progress(1);
    const detail = plain.heard ? { delayMs: Math.round(plain.atMs), gainDb: Math.round(plain.gainDb) } : {};
    return [{ result: result('loop', judgeLoop(plain, cleaned, level)), detail }];
  } catch (error) {
    const code = codeOf(error, 'mic');
    if (signal.aborted || !code) throw error;
    // Without a microphone there is nothing to hear the room with; its own line says why.
    return [{ result: result('loop', code === 'SOUND_BLOCKED' ? code : 'LOOP_NO_MIC'), detail: {} }];
  } finally {
    desk?.close();
    release(stream);
  }
}
