import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { FeedRole, kindOfFeed } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import { Id } from '#protocol/ids.ts';
import type { IceServer } from '#protocol/media.ts';
import type { OpenSeat } from './ingest-seat.ts';
import { readOffer } from './sdp-offer.ts';
import { WhipSession } from './whip-session.ts';

const SDP = 'application/sdp';
const FRAGMENT = 'application/trickle-ice-sdpfrag';
/** A browser's offer with three cameras and all its codecs is about 20 kB. */
const BODY_LIMIT = '64kb';
/** Ended sessions that are remembered; an address is a few dozen bytes. */
const REMEMBERED = 1_000;

/**
 * The WHIP door (RFC 9725), mounted at `/whip`: `POST /:lessonId` with an SDP offer and a Bearer ingest key
 * opens a session, `PATCH` and `DELETE /:lessonId/:sessionId` speak to it. Errors go to the application's
 * own handler as AppErrors.
 */
export function createWhipRouter({ openSeat }: { openSeat: OpenSeat }): Router {
  const router = Router();
  const sessions = new Map<Id, WhipSession>();
  /** Sessions that ended by themselves, so that their programs hear why and know whether to come back. */
  const gone = new Map<Id, 'SEAT_TAKEN' | 'MEDIA_GONE'>();

  function remember(sessionId: Id, cause: 'taken' | 'lost'): void {
    sessions.delete(sessionId);
    gone.set(sessionId, cause === 'taken' ? 'SEAT_TAKEN' : 'MEDIA_GONE');
    if (gone.size > REMEMBERED) gone.delete(gone.keys().next().value!);
  }

  function sessionOf(request: Request, response: Response): WhipSession {
    const bearer = bearerOf(request, response);
    const sessionId = String(request.params.sessionId);
    const cause = gone.get(sessionId);
    if (cause) throw new AppError(cause, 'the session ended');
    const session = sessions.get(sessionId);
    // A wrong key hears the same as a wrong address: the address is a secret, too.
    if (!session || session.lessonId !== request.params.lessonId || !session.opens(bearer))
      throw new AppError('NOT_FOUND', 'no such session');
    return session;
  }

  router
    .route('/:lessonId')
    .options((_request, response) => {
      response.set({ 'Accept-Post': SDP, Allow: 'OPTIONS, POST' }).sendStatus(204);
    })
    .post(bodyOf(SDP), async (request: Request, response: Response) => {
      const bearer = bearerOf(request, response);
      const lessonId = Id.parse(request.params.lessonId);
      const firstVideo = videoRole(request.query.role);
      const offer = readOffer(request.body as string);
      const seat = await openSeat(lessonId, bearer);
      const session = await WhipSession.open(lessonId, bearer, seat, offer, firstVideo);
      if (response.closed) {
        // The program hung up while we worked; nobody would ever end this session.
        await session.close();
        return;
      }
      sessions.set(session.sessionId, session);
      session.onClosed((cause) => remember(session.sessionId, cause));
      response
        .status(201)
        .set({
          Location: `${request.baseUrl}/${lessonId}/${session.sessionId}`,
          ETag: session.etag,
          'Accept-Patch': FRAGMENT,
          'Cache-Control': 'no-store',
        })
        .type(SDP);
      for (const link of seat.iceServers.flatMap(linksOf)) response.append('Link', link);
      response.send(session.answer);
    })
    .all(notAllowed('OPTIONS, POST'));

  router
    .route('/:lessonId/:sessionId')
    .options((_request, response) => {
      response.set({ 'Accept-Patch': FRAGMENT, Allow: 'OPTIONS, PATCH, DELETE' }).sendStatus(204);
    })
    .patch(bodyOf(FRAGMENT), async (request: Request, response: Response) => {
      const session = sessionOf(request, response);
      const match = request.get('If-Match');
      if (match === undefined) return void refuse(response, 428, 'If-Match is missing');
      if (match === '*' || match === '"*"') {
        const fragment = await session.restartIce();
        response.set('ETag', session.etag).type(FRAGMENT).send(fragment);
        return;
      }
      if (match !== session.etag) return void refuse(response, 412, 'another ICE session is current');
      // The SFU is ICE-lite: it learns the client's addresses from its checks and needs no candidates.
      response.sendStatus(204);
    })
    .delete(async (request: Request, response: Response) => {
      const session = sessionOf(request, response);
      sessions.delete(session.sessionId);
      await session.close();
      response.sendStatus(200);
    })
    .all(notAllowed('OPTIONS, PATCH, DELETE'));

  return router;
}

function bodyOf(type: string): RequestHandler[] {
  return [
    (request, _response, next) => {
      if (!request.is(type)) throw new AppError('UNSUPPORTED_MEDIA', `the body has to be ${type}`);
      next();
    },
    express.text({ type, limit: BODY_LIMIT }),
  ];
}

function bearerOf(request: Request, response: Response): string {
  const [, bearer] = /^Bearer +([A-Za-z0-9._~+/=-]{1,512})$/i.exec(request.get('Authorization') ?? '') ?? [];
  if (bearer) return bearer;
  response.set('WWW-Authenticate', 'Bearer realm="whip"');
  throw new AppError('NOT_SIGNED_IN', 'an ingest key is required: Authorization: Bearer …');
}

/** `?role=studio` makes the first video another feed than the teacher's. */
function videoRole(asked: unknown): FeedRole {
  const role = FeedRole.parse(asked ?? 'teacher');
  if (kindOfFeed(role) !== 'video' || role === 'board')
    throw new AppError('BAD_REQUEST', 'role has to be teacher, pupils, screen or studio');
  return role;
}

/** `Link: <stun:…>; rel="ice-server"` (RFC 9725 §4.6). */
function linksOf({ urls, username, credential }: IceServer): string[] {
  const secret =
    username && credential
      ? `; username="${username}"; credential="${credential}"; credential-type="password"`
      : '';
  return urls.map((url) => `<${url}>; rel="ice-server"${secret}`);
}

function notAllowed(allow: string): RequestHandler {
  return (_request, response) => refuse(response.set('Allow', allow), 405, `allowed here: ${allow}`);
}

/** Refusals that only HTTP knows and that have no code of their own in the protocol. */
function refuse(response: Response, status: 405 | 412 | 428, message: string): void {
  response.status(status).json({ error: new AppError('BAD_REQUEST', message).toBody() });
}
