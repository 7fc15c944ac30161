import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import express from 'express';
import { compressedAnswers } from './compressed-answers.ts';

const LINES = Array.from({ length: 300 }, (_, at) => ({ at, name: '五年级(2)班' }));
let server: Server;
let origin: string;

beforeAll(async () => {
  const app = express();
  app.use(compressedAnswers);
  app.get('/long', (_request, response) => void response.status(201).json(LINES));
  app.get('/short', (_request, response) => void response.json({ ok: true }));
  server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => void server.close());

test('a long answer goes compressed, and says the same', async () => {
  const answer = await fetch(`${origin}/long`);
  expect(answer.status).toBe(201);
  expect(answer.headers.get('content-encoding')).toBe('gzip');
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(Number(answer.headers.get('content-length'))).toBeLessThan(JSON.stringify(LINES).length / 5);
  expect(await answer.json()).toEqual(LINES);
});

test('a short answer, or one to a program that takes no gzip, stays as it is', async () => {
  const short = await fetch(`${origin}/short`);
  expect(short.headers.get('content-encoding')).toBeNull();
  expect(await short.json()).toEqual({ ok: true });
  const plain = await fetch(`${origin}/long`, { headers: { 'accept-encoding': 'identity' } });
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect(await plain.json()).toEqual(LINES);
});
