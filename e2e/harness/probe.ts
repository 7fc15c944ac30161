import type { BrowserContext, Locator, Page } from 'playwright-core';
import { until } from './until.ts';

/** What the page has decoded of everything it receives, over all its peer connections, dead ones included. */
export interface Received {
  framesDecoded: number;
  /** Sum of squared sample levels times duration (W3C webrtc-stats); grows only when something is heard. */
  audioEnergy: number;
  /** Peer connections made so far by this page, those that only ask for capabilities left out. */
  connections: number;
}

/** Remembers the page's peer connections, so that their statistics can be read; changes nothing. */
export async function installProbe(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const connections: RTCPeerConnection[] = [];
    const Original = globalThis.RTCPeerConnection;
    globalThis.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        connections.push(this);
      }
    };
    const captured: MediaStreamTrack[] = [];
    for (const name of ['getUserMedia', 'getDisplayMedia'] as const) {
      const devices = navigator.mediaDevices as MediaDevices | undefined;
      const original = devices?.[name].bind(devices);
      if (!devices || !original) continue;
      devices[name] = async (constraints) => {
        const stream = await original(constraints);
        captured.push(...stream.getTracks());
        return stream;
      };
    }
    Object.assign(globalThis, { probedConnections: connections, probedTracks: captured });
  });
}

/** Cameras, microphones and screens that the page holds open: what a camera's light shows. */
export async function devicesInUse(page: Page): Promise<number> {
  return await page.evaluate(() => {
    const { probedTracks } = globalThis as unknown as { probedTracks: MediaStreamTrack[] };
    return probedTracks.filter(({ readyState }) => readyState === 'live').length;
  });
}

/** What carries the media of each connected peer connection: `udp` or `tcp`. */
export async function protocolsInUse(page: Page): Promise<string[]> {
  return await page.evaluate(async () => {
    const { probedConnections } = globalThis as unknown as { probedConnections: RTCPeerConnection[] };
    const protocols: string[] = [];
    for (const connection of probedConnections) {
      if (connection.connectionState !== 'connected') continue;
      const stats = await connection.getStats();
      for (const { type, selectedCandidatePairId } of stats.values()) {
        if (type !== 'transport') continue;
        const pair = stats.get(selectedCandidatePairId);
        protocols.push(stats.get(pair?.remoteCandidateId)?.protocol ?? 'none');
      }
    }
    return protocols;
  });
}

/** Lets the camera's packets dry up although nothing is paused; returns how to let them flow again. */
export async function holdCamera(page: Page): Promise<() => Promise<void>> {
  const hold = await page.evaluateHandle(async () => {
    const { probedConnections } = globalThis as unknown as { probedConnections: RTCPeerConnection[] };
    const sender = probedConnections
      .filter(({ connectionState }) => connectionState === 'connected')
      .flatMap((connection) => connection.getSenders())
      .find(({ track }) => track?.kind === 'video')!;
    const { track } = sender;
    await sender.replaceTrack(null);
    return { sender, track };
  });
  return () => hold.evaluate(({ sender, track }) => sender.replaceTrack(track));
}

/** What a page sees of a camera that is pulled out: its track ends, with an event. */
export async function unplugCamera(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { probedTracks } = globalThis as unknown as { probedTracks: MediaStreamTrack[] };
    const camera = probedTracks.find(({ kind, readyState }) => kind === 'video' && readyState === 'live');
    camera?.stop();
    camera?.dispatchEvent(new Event('ended'));
  });
}

export async function received(page: Page): Promise<Received> {
  return await page.evaluate(async () => {
    const { probedConnections } = globalThis as unknown as { probedConnections: RTCPeerConnection[] };
    const sum = { framesDecoded: 0, audioEnergy: 0, connections: 0 };
    for (const connection of probedConnections) {
      if (connection.remoteDescription) sum.connections += 1;
      if (connection.connectionState === 'closed') continue;
      for (const entry of (await connection.getStats()).values()) {
        if (entry.type !== 'inbound-rtp') continue;
        sum.framesDecoded += entry.framesDecoded ?? 0;
        sum.audioEnergy += entry.totalAudioEnergy ?? 0;
      }
    }
    return sum;
  });
}

/** Frames that a video element has shown so far. */
export async function framesShown(video: Locator): Promise<number> {
  return await video.evaluate(
    (element) => (element as HTMLVideoElement).getVideoPlaybackQuality().totalVideoFrames,
  );
}

/** The track that a video element shows. */
export async function trackShown(video: Locator): Promise<string> {
  return await video.evaluate(
    (element) => ((element as HTMLVideoElement).srcObject as MediaStream).getVideoTracks()[0]?.id ?? '',
  );
}

/** Waits until the element shows a moving picture: some frames more than when it was first looked at. */
export async function untilMoving(what: string, video: Locator, frames = 5): Promise<void> {
  await video.waitFor({ state: 'attached' });
  let last = Number.POSITIVE_INFINITY;
  let seen = 0;
  await until(`${what} moves`, async () => {
    const shown = await framesShown(video);
    // A new element, or a new stream in it, counts from 0 again.
    if (shown > last) seen += shown - last;
    last = shown;
    return seen >= frames;
  });
}

/** Waits until something is heard: the energy of all received sound has grown. */
export async function untilHeard(what: string, page: Page): Promise<void> {
  let last = Number.POSITIVE_INFINITY;
  await until(`${what} hears something`, async () => {
    const { audioEnergy } = await received(page);
    const grew = audioEnergy > last;
    last = audioEnergy;
    return grew;
  });
}
