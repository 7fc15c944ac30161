import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { SignedAddresses } from '#platform/signed-address.ts';
import { AppError } from '#protocol/errors.ts';
import type { SegmentCache } from './segment-cache.ts';

const PREFIX = '/media/s/';
const TYPES: Record<string, string> = { m4s: 'video/iso.segment', mp4: 'video/mp4', jpg: 'image/jpeg' };
const SCOPES = ['recordings', 'tracks'];

/**
 * Recorded segments, which are most of all requests when a class watches: answered before the application, because its
 * many steps cost four times what the segment does. Whatever is not plainly one of them goes on to `next`.
 */
export function segmentDoor(
  addresses: SignedAddresses,
  segments: SegmentCache,
  next: RequestListener,
): RequestListener {
  return (request, response) => {
    const key = keyOf(addresses, request);
    if (!key) return next(request, response);
    const data = segments.get(key.blob);
    if (Buffer.isBuffer(data)) return send(response, data, key.type);
    data.then(
      (read) => send(response, read, key.type),
      (error: unknown) => {
        // The application answers what is missing as it answers everything that is missing.
        if (AppError.from(error).code === 'NOT_FOUND') next(request, response);
        else response.writeHead(500).end();
      },
    );
  };
}

function keyOf(
  addresses: SignedAddresses,
  { method, url = '', headers }: IncomingMessage,
): { blob: string; type: string } | null {
  if (method !== 'GET' || !url.startsWith(PREFIX) || headers.range || url.includes('%')) return null;
  const type = TYPES[url.slice(url.lastIndexOf('.') + 1)];
  const permitted = type && addresses.check(url.slice(PREFIX.length).split('/'));
  if (!permitted || !SCOPES.includes(permitted.scope[0]!)) return null;
  return { blob: ['recordings', ...permitted.scope.slice(1), ...permitted.rest].join('/'), type };
}

function send(response: ServerResponse, data: Buffer, type: string): void {
  response.writeHead(200, [
    ...['Content-Type', type],
    ...['Content-Length', String(data.length)],
    ...['Cache-Control', 'private, max-age=86400, immutable'],
    ...['X-Content-Type-Options', 'nosniff'],
  ]);
  response.end(data);
}
