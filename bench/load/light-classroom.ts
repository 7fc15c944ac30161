import { io } from 'socket.io-client';
import { ReplyEnvelope } from '#protocol/errors.ts';
import { LESSON_NAMESPACE } from '#protocol/lesson-socket.ts';

/** A classroom without a browser: it signs in, sits in its lesson and listens. */
export async function joinAsClassroom(
  origin: string,
  lessonId: string,
  cookie: string,
): Promise<{ ms: number; close(): void }> {
  const at = performance.now();
  const socket = io(new URL(LESSON_NAMESPACE, origin).href, {
    transports: ['websocket'],
    extraHeaders: { cookie },
    reconnection: false,
    forceNew: true,
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  const request = { type: 'join', lessonId, afterSeq: 0, resumeKey: null };
  const reply = ReplyEnvelope.parse(await socket.timeout(20_000).emitWithAck('request', request));
  if (!reply.ok) throw new Error(reply.error.code);
  return { ms: performance.now() - at, close: () => socket.close() };
}

/** The master classroom opens its lesson, as its page does. */
export async function openAsTeacher(origin: string, lessonId: string, cookie: string): Promise<void> {
  const response = await fetch(`${origin}/api/lessons/${lessonId}/state`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ to: 'open' }),
  });
  if (!response.ok) throw new Error(`open: ${response.status} ${await response.text()}`);
}
