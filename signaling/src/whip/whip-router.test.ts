import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import express from 'express';
import fc from 'fast-check';
import { pino } from 'pino';
import * as sdpTransform from 'sdp-transform';
import { newId } from '#platform/ids.ts';
import { AppError, ErrorBody } from '#protocol/errors.ts';
import { DtlsParameters, RtpCapabilities, RtpParameters, type TransportOptions } from '#protocol/media.ts';
import { errorHandler, notFound } from '../http/errors.ts';
import type { IngestSeat } from './ingest-seat.ts';
import { createWhipRouter } from './whip-router.ts';

const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');
const LIBDATACHANNEL = fixture('libdatachannel.sdp');
const SIMULCAST = fixture('chromium-simulcast.sdp');
const DATA_CHANNEL = fixture('chromium-datachannel.sdp');
const CAPABILITIES = RtpCapabilities.parse(JSON.parse(fixture('router-capabilities.json')));
const KEY = 'right-key';
const LESSON = newId();

/** A seat that notes what the door asks of it. Media behind a real seat is tested with `infra/teach`. */
class NotedSeat implements IngestSeat {
  readonly routerRtpCapabilities = CAPABILITIES;
  readonly iceServers = [{ urls: ['turn:turn.example:3478'], username: 'u', credential: 'c' }];
  readonly published: { role: string; kind: string; rtpParameters: RtpParameters }[] = [];
  dtlsParameters: DtlsParameters | null = null;
  closed = 0;
  listener: (cause: 'taken' | 'lost') => void = () => {};

  async createTransport(): Promise<TransportOptions> {
    return {
      transportId: 't',
      iceParameters: { usernameFragment: 'ufrag', password: 'password', iceLite: true },
      iceCandidates: [
        { foundation: 'f', priority: 9, address: '192.0.2.9', protocol: 'udp', port: 40_000, type: 'host' },
      ],
      dtlsParameters: { role: 'auto', fingerprints: [{ algorithm: 'sha-256', value: 'AB:CD' }] },
    };
  }
  async connectTransport(_id: string, dtlsParameters: DtlsParameters): Promise<void> {
    this.dtlsParameters = DtlsParameters.parse(dtlsParameters);
  }
  async restartIce() {
    return { usernameFragment: 'newfrag', password: 'newpassword' };
  }
  async publish(_id: string, role: string, kind: string, rtpParameters: RtpParameters) {
    this.published.push({ role, kind, rtpParameters: RtpParameters.parse(rtpParameters) });
    return { feedId: newId(), producerId: 'p' };
  }
  async close(): Promise<void> {
    this.closed += 1;
  }
  onClosed(listener: (cause: 'taken' | 'lost') => void): void {
    this.listener = listener;
  }
}

let server: Server;
let origin: string;
let seats: NotedSeat[];

beforeAll(async () => {
  const app = express();
  app.use(
    '/whip',
    createWhipRouter({
      async openSeat(lessonId, bearer) {
        if (bearer !== KEY) throw new AppError('NOT_SIGNED_IN');
        if (lessonId !== LESSON) throw new AppError('WRONG_STATE', 'the lesson is over');
        const seat = new NotedSeat();
        seats.push(seat);
        return seat;
      },
    }),
  );
  app.use(notFound, errorHandler(pino({ level: 'silent' })));
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  seats = [];
});
afterAll(() => void server.close());

const AUTH = { Authorization: `Bearer ${KEY}` };
const offer = (body: string, path = `/whip/${LESSON}`, headers: Record<string, string> = AUTH) =>
  fetch(`${origin}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/sdp', ...headers },
    body,
  });

async function codeOf(response: Response): Promise<[number, string]> {
  const { error } = (await response.json()) as { error: unknown };
  return [response.status, ErrorBody.parse(error).code];
}

async function session() {
  const response = await offer(LIBDATACHANNEL);
  expect(response.status).toBe(201);
  const url = `${origin}${response.headers.get('location')}`;
  const patch = (match: string | null, headers: Record<string, string> = AUTH) =>
    fetch(url, {
      method: 'PATCH',
      headers: {
        'Content-Type': 'application/trickle-ice-sdpfrag',
        ...(match === null ? {} : { 'If-Match': match }),
        ...headers,
      },
      body: 'a=end-of-candidates\r\n',
    });
  return { url, patch, etag: response.headers.get('etag')!, seat: seats.at(-1)! };
}

test('an offer is answered with all that a client needs', async () => {
  const response = await offer(LIBDATACHANNEL);
  expect(response.status).toBe(201);
  expect(response.headers.get('content-type')).toMatch(/^application\/sdp/);
  expect(response.headers.get('location')).toMatch(new RegExp(`^/whip/${LESSON}/[\\w-]{22}$`));
  expect(response.headers.get('etag')).toMatch(/^"[\w-]+"$/);
  expect(response.headers.get('link')).toBe(
    '<turn:turn.example:3478>; rel="ice-server"; username="u"; credential="c"; credential-type="password"',
  );
  const answer = sdpTransform.parse(await response.text());
  expect(answer).toMatchObject({ icelite: 'ice-lite', groups: [{ type: 'BUNDLE', mids: '0 1' }] });
  expect(answer.fingerprint).toEqual({ type: 'sha-256', hash: 'AB:CD' });
  expect(
    answer.media.map(({ type, direction, setup, rtcpMux, iceUfrag }) => [
      type,
      direction,
      setup,
      rtcpMux,
      iceUfrag,
    ]),
  ).toEqual([
    ['audio', 'recvonly', 'passive', 'rtcp-mux', 'ufrag'],
    ['video', 'recvonly', 'passive', 'rtcp-mux', 'ufrag'],
  ]);
  expect(answer.media[0]!.candidates).toMatchObject([{ ip: '192.0.2.9', port: 40_000, transport: 'udp' }]);

  const [seat] = seats;
  expect(seat!.dtlsParameters!.role).toBe('client');
  expect(seat!.published.map(({ role, kind }) => [role, kind])).toEqual([
    ['mic', 'audio'],
    ['teacher', 'video'],
  ]);
  const video = seat!.published[1]!.rtpParameters;
  expect(video.codecs).toMatchObject([{ mimeType: 'video/H264', payloadType: 96 }]);
  expect(video.encodings).toMatchObject([{ ssrc: 22 }]);
  expect(video.mid).toBe('1');
});

test("a browser's simulcast becomes encodings from the smallest up, H.264 before VP8", async () => {
  const response = await offer(SIMULCAST, `/whip/${LESSON}?role=studio`);
  const answer = sdpTransform.parse(await response.text());
  expect(answer.media[1]!.simulcast).toEqual({ dir1: 'recv', list1: 'h;m;l' });
  const video = seats[0]!.published.find(({ kind }) => kind === 'video')!;
  expect(video.role).toBe('studio');
  expect(video.rtpParameters.encodings!.map(({ rid }) => rid)).toEqual(['l', 'm', 'h']);
  expect(video.rtpParameters.codecs.map(({ mimeType }) => mimeType)).toEqual(['video/H264', 'video/rtx']);
});

test('what the door does not take is declined in its place', async () => {
  const answer = sdpTransform.parse(await (await offer(DATA_CHANNEL)).text());
  expect(answer.media.map(({ type, port }) => [type, port === 0])).toEqual([
    ['audio', false],
    ['video', false],
    ['application', true],
  ]);
  expect(answer.groups![0]!.mids).toBe('0 1');
});

test('a second picture is the board', async () => {
  const [head, audio, video] = LIBDATACHANNEL.split(/(?=^m=)/m);
  const second = video!.replace('a=mid:1', 'a=mid:2').replaceAll('ssrc:22', 'ssrc:33');
  const both = `${head!.replace('BUNDLE 0 1', 'BUNDLE 0 1 2')}${audio}${video}${second}`;
  expect((await offer(both)).status).toBe(201);
  expect(seats[0]!.published.map(({ role }) => role)).toEqual(['mic', 'teacher', 'board']);
  const third = second.replace('a=mid:2', 'a=mid:3').replaceAll('ssrc:33', 'ssrc:44');
  const all = `${both.replace('BUNDLE 0 1 2', 'BUNDLE 0 1 2 3')}${third}`;
  expect(await codeOf(await offer(all))).toEqual([400, 'BAD_REQUEST']);
  expect(seats[1]!.closed).toBe(1);
});

test('trickle is taken, ICE restarts, and a stale ETag is told', async () => {
  const { patch, etag } = await session();
  expect((await patch(etag)).status).toBe(204);
  const restarted = await patch('*');
  expect(restarted.status).toBe(200);
  expect(restarted.headers.get('content-type')).toMatch('application/trickle-ice-sdpfrag');
  const fragment = await restarted.text();
  expect(fragment).toMatch('a=ice-ufrag:newfrag\r\na=ice-pwd:newpassword\r\n');
  expect(fragment).toMatch('a=candidate:f 1 udp 9 192.0.2.9 40000 typ host\r\n');
  expect((await patch(etag)).status).toBe(412);
  expect((await patch(restarted.headers.get('etag')!)).status).toBe(204);
  expect((await patch(null)).status).toBe(428);
});

test('hanging up gives the seat up; a session that ended by itself says why', async () => {
  const first = await session();
  const hangUp = (url: string, headers: Record<string, string> = AUTH) =>
    fetch(url, { method: 'DELETE', headers });
  expect(await codeOf(await hangUp(first.url, { Authorization: 'Bearer other' }))).toEqual([
    404,
    'NOT_FOUND',
  ]);
  expect((await hangUp(first.url)).status).toBe(200);
  expect(first.seat.closed).toBe(1);
  expect(await codeOf(await hangUp(first.url))).toEqual([404, 'NOT_FOUND']);
  const second = await session();
  second.seat.listener('taken');
  expect(await codeOf(await second.patch(second.etag))).toEqual([409, 'SEAT_TAKEN']);
  const third = await session();
  third.seat.listener('lost');
  expect(await codeOf(await third.patch(third.etag))).toEqual([410, 'MEDIA_GONE']);
});

test('who comes to the wrong door is told so', async () => {
  const to = `/whip/${LESSON}`;
  const unsigned = await offer(LIBDATACHANNEL, to, {});
  expect(unsigned.headers.get('www-authenticate')).toMatch('Bearer');
  expect(await codeOf(unsigned)).toEqual([401, 'NOT_SIGNED_IN']);
  expect(await codeOf(await offer(LIBDATACHANNEL, to, { Authorization: 'Bearer x' }))).toEqual([
    401,
    'NOT_SIGNED_IN',
  ]);
  expect(await codeOf(await offer(LIBDATACHANNEL, `/whip/${newId()}`))).toEqual([409, 'WRONG_STATE']);
  expect(await codeOf(await offer(LIBDATACHANNEL, '/whip/short'))).toEqual([400, 'BAD_REQUEST']);
  expect(await codeOf(await offer(LIBDATACHANNEL, `${to}?role=mic`))).toEqual([400, 'BAD_REQUEST']);
  const json = { ...AUTH, 'Content-Type': 'application/json' };
  expect(await codeOf(await offer('{}', to, json))).toEqual([415, 'UNSUPPORTED_MEDIA']);
  expect(await codeOf(await offer(`v=0\r\n${'a=x\r\n'.repeat(20_000)}`))).toEqual([413, 'TOO_LARGE']);
  for (const method of ['GET', 'PUT', 'DELETE']) {
    const response = await fetch(`${origin}${to}`, { method });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'OPTIONS, POST']);
  }
  const options = await fetch(`${origin}${to}`, { method: 'OPTIONS' });
  expect([options.status, options.headers.get('accept-post')]).toEqual([204, 'application/sdp']);
  expect(seats).toEqual([]);
});

test.each([
  ['empty', ''],
  ['no SDP', 'hello'],
  ['nothing in it', 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n'],
  ['no fingerprint', LIBDATACHANNEL.replace(/a=fingerprint.*\r\n/, '')],
  ['no setup', LIBDATACHANNEL.replaceAll(/a=setup.*\r\n/g, '')],
  ['no mid', LIBDATACHANNEL.replace('a=mid:0\r\n', '')],
  ['the same mid twice', LIBDATACHANNEL.replace('a=mid:1', 'a=mid:0')],
  ['no bundle', LIBDATACHANNEL.replace(/a=group:BUNDLE.*\r\n/, '')],
  ['no rtcp-mux', LIBDATACHANNEL.replace('a=rtcp-mux\r\n', '')],
  ['receives only', LIBDATACHANNEL.replaceAll('a=sendonly', 'a=recvonly')],
  ['no SSRC', LIBDATACHANNEL.replaceAll(/a=ssrc.*\r\n/g, '')],
  ['unknown codecs', LIBDATACHANNEL.replace('H264/90000', 'H265/90000')],
  ['H.264 of another packetization', LIBDATACHANNEL.replace('packetization-mode=1', 'packetization-mode=0')],
])('an offer with fault "%s" is refused', async (_, sdp) => {
  const response = await offer(sdp);
  expect(await codeOf(response)).toEqual([400, 'BAD_REQUEST']);
  for (const seat of seats) expect(seat.closed).toBe(1);
});

test('no offer, however mangled, breaks the door', async () => {
  const lines = (sdp: string) => sdp.split('\r\n');
  const words = fc.constantFrom(
    '-1',
    '0',
    '99999999999',
    '',
    'x',
    '%',
    ':',
    ';',
    '*',
    '__proto__',
    '\u0000',
    '课'.repeat(9),
  );
  const mangled = fc
    .tuple(
      fc.constantFrom(LIBDATACHANNEL, SIMULCAST, DATA_CHANNEL),
      fc.array(fc.tuple(fc.nat(), fc.nat(), fc.constantFrom('drop', 'double', 'word', 'swap'), words), {
        minLength: 1,
        maxLength: 8,
      }),
    )
    .map(([sdp, changes]) => {
      const all = lines(sdp);
      for (const [at, other, change, word] of changes) {
        const index = at % all.length;
        const tokens = all[index]!.split(/([ :=;,/])/);
        if (change === 'drop') all.splice(index, 1);
        else if (change === 'double') all.splice(other % all.length, 0, all[index]!);
        else if (change === 'swap')
          [all[index], all[other % all.length]] = [all[other % all.length]!, all[index]!];
        else all[index] = tokens.with(other % tokens.length, word).join('');
        if (all.length === 0) break;
      }
      return all.join('\r\n');
    });
  await fc.assert(
    fc.asyncProperty(mangled, async (sdp) => {
      seats = [];
      const response = await offer(sdp);
      if (response.status === 201) {
        expect(sdpTransform.parse(await response.text()).media.length).toBeGreaterThan(0);
        return;
      }
      expect((await codeOf(response))[0]).toBeLessThan(500);
      for (const seat of seats) expect(seat.closed).toBe(1);
    }),
    { numRuns: 300 },
  );
}, 60_000);
