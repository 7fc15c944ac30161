let warm: Promise<void> | null = null;

/**
 * Lets the browser start its WebRTC machinery (threads, codec lists) before it is needed: the first peer
 * connection of a page costs tens of milliseconds more than the next. Once a page; never fails.
 */
export function warmUp(): Promise<void> {
  warm ??= start().catch(() => {});
  return warm;
}

async function start(): Promise<void> {
  const connection = new RTCPeerConnection();
  connection.addTransceiver('audio', { direction: 'recvonly' });
  connection.addTransceiver('video', { direction: 'recvonly' });
  await connection.createOffer();
  connection.close();
}
