import type { Page } from 'playwright-core';

export const DIRECT_VIDEO = 'video';

/** Two pages that call each other with nothing in between: camera and microphone, both ways, H.264. */
export async function callDirectly(caller: Page, callee: Page): Promise<void> {
  const offer = await prepare(caller, null);
  const answer = await prepare(callee, offer);
  await caller.evaluate(async (description) => {
    const { connection } = globalThis as unknown as { connection: RTCPeerConnection };
    await connection.setRemoteDescription(description);
  }, answer);
  await callee.waitForFunction(
    () => (document.querySelector('video')?.getVideoPlaybackQuality().totalVideoFrames ?? 0) > 0,
  );
}

/** Makes the page's side of the call and returns its description, all candidates included. */
async function prepare(
  page: Page,
  offer: RTCSessionDescriptionInit | null,
): Promise<RTCSessionDescriptionInit> {
  return await page.evaluate(async (remote) => {
    const connection = new RTCPeerConnection();
    Object.assign(globalThis, { connection });
    const video = Object.assign(document.createElement('video'), { autoplay: true, muted: true });
    video.style.cssText = 'position: fixed; inset: 0; width: 100vw; height: 100vh; background: black';
    document.body.append(video);
    const incoming = new MediaStream();
    video.srcObject = incoming;
    connection.ontrack = ({ track }) => incoming.addTrack(track);
    if (remote) await connection.setRemoteDescription(remote);
    // One stream for both, as every call has it: the receiver then keeps lips and voice together.
    const outgoing = new MediaStream();
    for (const constraints of [{ audio: true }, { video: true }] as const) {
      const track = (await navigator.mediaDevices.getUserMedia(constraints)).getTracks()[0]!;
      outgoing.addTrack(track);
      if (track.kind === 'video') track.contentHint = 'motion';
      const sender = connection.addTrack(track, outgoing);
      const transceiver = connection.getTransceivers().find((one) => one.sender === sender)!;
      if (track.kind === 'audio') continue;
      const codecs = RTCRtpReceiver.getCapabilities('video')!.codecs;
      const isH264 = ({ mimeType }: { mimeType: string }) => mimeType === 'video/H264';
      transceiver.setCodecPreferences([...codecs.filter(isH264), ...codecs.filter((one) => !isH264(one))]);
    }
    await connection.setLocalDescription();
    while (connection.iceGatheringState !== 'complete')
      await new Promise((resolve) =>
        connection.addEventListener('icegatheringstatechange', resolve, { once: true }),
      );
    for (const sender of connection.getSenders()) {
      if (sender.track?.kind !== 'video') continue;
      const parameters = sender.getParameters();
      // What the platform's largest layer may take, and like the platform's of full size at any price in frames.
      parameters.degradationPreference = 'maintain-resolution';
      for (const encoding of parameters.encodings) encoding.maxBitrate = 1_800_000;
      await sender.setParameters(parameters);
    }
    return connection.localDescription!.toJSON();
  }, offer);
}
