import { z } from 'zod';

/** Unguessable identifier: 128 random bits as 22 characters of base64url. Every id of a row is one. */
export const Id = z.string().regex(/^[A-Za-z0-9_-]{22}$/);
export type Id = z.infer<typeof Id>;

/** A row of another table with what it is called. */
export const NamedId = z.object({ id: Id, name: z.string() });

/** Identifier given by mediasoup (a UUID) to a transport, producer or consumer. */
export const MediaId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
export type MediaId = z.infer<typeof MediaId>;

/** Milliseconds since the Unix epoch, by the server's clock. */
export const WallMs = z.number().int().nonnegative();
export type WallMs = z.infer<typeof WallMs>;

/** Milliseconds since the recording's epoch: the lesson's own time. */
export const MediaMs = z.number().nonnegative();
