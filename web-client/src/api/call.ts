import { z } from 'zod';
import { ErrorBody } from '#protocol/errors.ts';
import { ApiError } from './api-error.ts';
import { learnTime } from './clock.ts';

const Refusal = z.object({ error: ErrorBody });

/**
 * One REST call. Throws an ApiError: `NETWORK` when the platform cannot be reached, the platform's own
 * code when it refuses, `BAD_REPLY` when it answers something that the schema does not know.
 */
export async function call<S extends z.ZodType>(
  schema: S,
  path: string,
  request: { method?: 'GET' | 'POST' | 'PUT' | 'DELETE'; body?: unknown; text?: string; file?: Blob } = {},
): Promise<z.infer<S>> {
  const { method = 'GET', body, text, file } = request;
  const asked = performance.now();
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
      ...(text !== undefined && { headers: { 'content-type': 'text/plain' }, body: text }),
      ...(file !== undefined && { headers: { 'content-type': 'application/octet-stream' }, body: file }),
    });
  } catch (error) {
    throw new ApiError('NETWORK', `${method} ${path}`, { cause: error });
  }
  learnTime(response.headers, asked);
  const json: unknown = await response.json().catch(() => null);
  if (!response.ok) {
    const refusal = Refusal.safeParse(json);
    if (refusal.success) {
      const { code, message, fields, retryAfterMs } = refusal.data.error;
      throw new ApiError(code, message, { fields, retryAfterMs });
    }
    // A proxy in between answers in its own words when the platform is down.
    throw new ApiError(response.status >= 502 ? 'NETWORK' : 'INTERNAL', `${response.status} ${path}`);
  }
  const reply = schema.safeParse(json);
  if (!reply.success) throw new ApiError('BAD_REPLY', `${path}: ${reply.error.message}`);
  return reply.data;
}
