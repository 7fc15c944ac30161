import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RequestHandler } from 'express';

const TYPES: Record<string, string> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};
const ENCODINGS = [
  ['br', 'br'],
  ['gzip', 'gz'],
] as const;

/**
 * Leads a request for a file of the bundle to its compressed twin, where the build made one and the browser takes
 * it; whoever serves files next sends it. `root` is the folder that requests are below.
 */
export const precompressed =
  (root: string): RequestHandler =>
  (request, response, next) => {
    // Names of a bundle and nothing else: no way out of the folder.
    const [, path, kind] = /^(\/[\w-]+(?:\.[\w-]+)*\.(js|css|svg))$/.exec(request.path) ?? [];
    const type = kind && TYPES[kind];
    if (!path || !type) return next();
    response.vary('Accept-Encoding');
    const found = ENCODINGS.find(
      ([encoding, ending]) =>
        request.acceptsEncodings(encoding) && existsSync(join(root, `${path}.${ending}`)),
    );
    if (!found) return next();
    const [encoding, ending] = found;
    request.url = `${path}.${ending}`;
    response.setHeader('Content-Type', type);
    response.setHeader('Content-Encoding', encoding);
    next();
  };
