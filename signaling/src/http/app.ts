import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Express, type Router } from 'express';
import helmet from 'helmet';
import type { Logger } from '#platform/logger.ts';
import type { About } from '#protocol/rest.ts';
import type { AccountRepository } from '../account/account-repository.ts';
import type { Refusals } from '../audit/refusals.ts';
import { compressedAnswers } from './compressed-answers.ts';
import { errorHandler, notFound } from './errors.ts';
import { readSession, sameOrigin } from './guards.ts';
import { precompressed } from './precompressed.ts';

export interface AppParts {
  accounts: AccountRepository;
  about(): About;
  api: Router[];
  /** Read the bodies that are larger than a request's usually are. */
  large?: Router[];
  media: Router[];
  whip: Router;
  /** For other platforms: OAI-PMH; null where it is switched off. */
  harvest?: Router | null;
  /** For calendar programs, by secret addresses. */
  calendar?: Router;
  /** The web client's bundle. */
  webRoot: string;
  refusals?: Refusals;
  logger: Logger;
}

export function createApp({
  accounts,
  about,
  api,
  large = [],
  media,
  whip,
  harvest,
  calendar,
  webRoot,
  refusals,
  logger,
}: AppParts): Express {
  const app = express();
  app.disable('x-powered-by');
  // A proxy on this machine says who asked; nobody else is believed.
  app.set('trust proxy', 'loopback');
  app.set('query parser', 'simple');
  // Before helmet: what it says is about pages, and a kilobyte of it on each of ninety files is a third of what a
  // classroom's page weighs.
  app.use('/assets', bundleOnly, precompressed(join(webRoot, 'assets')));
  app.use(
    '/assets',
    express.static(join(webRoot, 'assets'), {
      // A name is one content for ever: nothing to ask again, nothing to ask in parts.
      ...{ immutable: true, maxAge: '365d', etag: false, acceptRanges: false },
      ...{ fallthrough: false, lastModified: false },
    }),
  );
  app.get('/favicon.svg', express.static(webRoot, { maxAge: '1d' }));
  app.use(
    helmet({
      contentSecurityPolicy: {
        directives: {
          'default-src': ["'self'"],
          // antd puts its styles into the page at run time.
          'style-src': ["'self'", "'unsafe-inline'"],
          'img-src': ["'self'", 'data:', 'blob:'],
          'media-src': ["'self'", 'blob:'],
          'worker-src': ["'self'", 'blob:'],
          'connect-src': ["'self'", 'ws:', 'wss:'],
          // The same pages are served over plain HTTP on localhost.
          'upgrade-insecure-requests': null,
        },
      },
      strictTransportSecurity: false,
      // Both need a secure page to mean anything, and warn on the console of one that is not.
      crossOriginOpenerPolicy: false,
      originAgentCluster: false,
      // For browsers and plug-ins that have not run these pages for years; a thin line carries it with every answer.
      ...{ xDownloadOptions: false, xPermittedCrossDomainPolicies: false, xXssProtection: false },
    }),
  );
  // The WHIP door has bearer keys instead of cookies, and a body of its own kind.
  app.use('/whip', whip);
  if (harvest) app.use('/oai', harvest);
  if (calendar) app.use('/calendar', calendar, notFound);
  app.use(['/api', '/media'], sameOrigin, readSession(accounts));
  for (const router of large) app.use('/api', router);
  app.use('/api', compressedAnswers, express.json({ limit: '64kb' }), (_request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    // An answer is no page: it needs nothing of what a page may load, and a thin line carries the list each time.
    response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
    next();
  });
  app.get('/api/about', (_request, response) => void response.json(about()));
  for (const router of api) app.use('/api', router);
  app.use('/api', notFound);
  app.use('/media', ...media, notFound);
  app.use(express.static(webRoot, { index: false }));
  app.get('/*path', sendPage(webRoot));
  app.get('/', sendPage(webRoot));
  app.use(notFound, errorHandler(logger, refusals));
  return app;
}

/** A file of the bundle is what its name says, and is this site's alone. */
const bundleOnly: express.RequestHandler = (_request, response, next) => {
  response.set({ 'X-Content-Type-Options': 'nosniff', 'Cross-Origin-Resource-Policy': 'same-origin' });
  next();
};

/** Every address that is not a file is the one page; its router knows the rest. */
function sendPage(webRoot: string): express.RequestHandler {
  const page = join(webRoot, 'index.html');
  return (_request, response) => {
    if (!existsSync(page)) {
      response
        .status(503)
        .type('text')
        .send('The web client is not built. Run: npm start\n网页还没有构建,请运行 npm start。\n');
      return;
    }
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(page);
  };
}
