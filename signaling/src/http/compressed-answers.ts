import { gzip } from 'node:zlib';
import type { RequestHandler } from 'express';

/** Below this a packet is a packet. */
const COMPRESSED_FROM = 1_400;

/** Lists of a few hundred lines shrink to a tenth: answers to whoever takes gzip go compressed. */
export const compressedAnswers: RequestHandler = (request, response, next) => {
  const plain = response.json.bind(response);
  response.json = (body: unknown) => {
    const text = JSON.stringify(body);
    if (text === undefined || text.length < COMPRESSED_FROM || !request.acceptsEncodings('gzip'))
      return plain(body);
    response.vary('Accept-Encoding');
    response.type('json');
    gzip(text, (error, bytes) => {
      if (!error) response.setHeader('Content-Encoding', 'gzip');
      response.send(error ? text : bytes);
    });
    return response;
  };
  next();
};
