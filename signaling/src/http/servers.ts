import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { Server as SocketServer } from 'socket.io';
import type { Config } from '#platform/config.ts';
import { loadOrCreateCertificate } from '#platform/tls.ts';

/**
 * The doors of one application: plain HTTP for this machine (browsers give camera and microphone to
 * http://localhost), HTTPS for the rest of the school's network.
 */
export class Servers {
  readonly httpPort: number;
  readonly httpsPort: number | null;
  readonly #servers: Server[];

  static async listen(app: RequestListener, io: SocketServer, config: Config): Promise<Servers> {
    const http = createHttpServer(app);
    io.attach(http);
    const httpPort = await listen(http, config.http.host, config.http.port);
    if (!config.https.enabled) return new Servers([http], httpPort, null);
    const { certFile, keyFile, host, port } = config.https;
    const given = certFile && keyFile ? { certFile, keyFile } : undefined;
    const { cert, key } = await loadOrCreateCertificate(join(config.dataDir, 'tls'), given);
    const https = createHttpsServer({ cert, key }, app);
    io.attach(https);
    return new Servers([http, https], httpPort, await listen(https, host, port));
  }

  private constructor(servers: Server[], httpPort: number, httpsPort: number | null) {
    this.#servers = servers;
    this.httpPort = httpPort;
    this.httpsPort = httpsPort;
  }

  /** Where a page that was opened insecurely finds its secure twin. */
  get secureOrigins(): string[] {
    if (this.httpsPort === null) return [];
    return lanAddresses().map((address) => `https://${address}:${this.httpsPort}`);
  }

  closeConnections(): void {
    for (const server of this.#servers) server.closeAllConnections();
  }
}

/** A large file from a village's line takes a while; a head that does not come is given up as ever. */
const REQUEST_MS = 30 * 60_000;
/**
 * How long a connection waits for its next request. Longer than a proxy before it keeps one (nginx: 60 s): whoever
 * closes first must not be the side to which a request may be on its way.
 */
const KEPT_MS = 65_000;

async function listen(server: Server, host: string, port: number): Promise<number> {
  server.requestTimeout = REQUEST_MS;
  server.keepAliveTimeout = KEPT_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}

function lanAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
}
