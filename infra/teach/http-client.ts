import { once } from 'node:events';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { TeachError } from './teach-error.ts';

const TIMEOUT_MS = 10_000;
const MAX_BODY = 4 * 1024 * 1024;

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

export interface HttpAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/**
 * Plain HTTP(S) to one server. Not `fetch`, because a school's server has a certificate of its own making
 * and only this connection may accept it.
 */
export class HttpClient {
  readonly origin: string;
  readonly #insecure: boolean;

  constructor(origin: string, insecure: boolean) {
    this.origin = origin;
    this.#insecure = insecure;
  }

  /** @throws TeachError NO_SERVER when nothing answers, BAD_CERTIFICATE when its certificate is not trusted. */
  async send({ method, path, headers = {}, body }: HttpRequest): Promise<HttpAnswer> {
    const url = new URL(path, this.origin);
    const options = {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) }) },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    };
    try {
      const request =
        url.protocol === 'https:'
          ? httpsRequest(url, { ...options, rejectUnauthorized: !this.#insecure })
          : httpRequest(url, options);
      request.end(body);
      const [response] = await once(request, 'response');
      response.setEncoding('utf8');
      let text = '';
      for await (const chunk of response) {
        text += chunk;
        if (text.length > MAX_BODY) throw new Error('the answer is too long');
      }
      return { status: response.statusCode, headers: response.headers, body: text };
    } catch (error) {
      const { code = '', message } = error as NodeJS.ErrnoException;
      if (/CERT|SIGNATURE|ISSUER|ALTNAME/.test(code))
        throw new TeachError('BAD_CERTIFICATE', this.origin, { cause: error });
      throw new TeachError('NO_SERVER', `${this.origin} (${message})`, { cause: error });
    }
  }
}
