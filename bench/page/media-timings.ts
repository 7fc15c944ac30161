import type { Page } from 'playwright-core';

/** Where a picture's time goes inside the two browsers: means since the call began, in ms. */
export interface MediaTimings {
  /** All layers of one picture together. */
  encodeMs: number;
  jitterBufferMs: number;
  decodeMs: number;
}

/** From W3C webrtc-stats of the pages' peer connections, which the test browser keeps at hand. */
export async function mediaTimings(sender: Page, receiver: Page): Promise<MediaTimings> {
  const [{ encodeMs }, { jitterBufferMs, decodeMs }] = await Promise.all([read(sender), read(receiver)]);
  return { encodeMs, jitterBufferMs, decodeMs };
}

async function read(page: Page): Promise<MediaTimings> {
  return await page.evaluate(async () => {
    const { probedConnections } = globalThis as unknown as { probedConnections: RTCPeerConnection[] };
    const timings = { encodeMs: 0, jitterBufferMs: 0, decodeMs: 0 };
    const mean = (seconds: number, count: number) => Math.round((seconds / Math.max(1, count)) * 10_000) / 10;
    for (const connection of probedConnections) {
      if (connection.connectionState !== 'connected') continue;
      for (const entry of (await connection.getStats()).values()) {
        if (entry.kind !== 'video') continue;
        if (entry.type === 'outbound-rtp')
          timings.encodeMs += mean(entry.totalEncodeTime, entry.framesEncoded);
        if (entry.type !== 'inbound-rtp') continue;
        timings.jitterBufferMs = mean(entry.jitterBufferDelay, entry.jitterBufferEmittedCount);
        timings.decodeMs = mean(entry.totalDecodeTime, entry.framesDecoded);
      }
    }
    return timings;
  });
}
