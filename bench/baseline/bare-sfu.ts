import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createWorker, type types } from 'mediasoup';
import { Server } from 'socket.io';
import { exitWithParent } from '#platform/parent.ts';
import { AppError, type Reply } from '#protocol/errors.ts';
import type { SfuCommand } from '#protocol/sfu-node.ts';
import { ROUTER_CODECS } from '../../sfu/src/codecs.ts';

/*
 * Mediasoup with as little around it as it can do with: what a figure of the SFU is compared with. One
 * worker, one router, one socket.io door that takes the few SfuCommands a call needs, and one page
 * (`BARE_PAGE`, a script) for browsers. The codecs are the SFU's, so that the traffic is the same.
 */

exitWithParent();
// mediasoup handles the signal to close its worker, and so keeps Node from ending by itself.
process.once('SIGTERM', () => process.exit(0));
const worker = await createWorker({ logLevel: 'error' });
const address = { ip: '127.0.0.1', sendBufferSize: 4 << 20, recvBufferSize: 4 << 20 };
const webRtcServer = await worker.createWebRtcServer({
  listenInfos: [
    { protocol: 'udp', ...address },
    { protocol: 'tcp', ip: '127.0.0.1' },
  ],
});
const router = await worker.createRouter({ mediaCodecs: ROUTER_CODECS });
const transports = new Map<string, types.WebRtcTransport>();
const producers = new Map<string, types.Producer>();
const consumers = new Map<string, types.Consumer>();

async function carryOut(command: SfuCommand): Promise<unknown> {
  switch (command.type) {
    case 'room.ensure':
      return { routerRtpCapabilities: router.rtpCapabilities };
    case 'transport.create': {
      const transport = await router.createWebRtcTransport({ webRtcServer });
      transports.set(transport.id, transport);
      const { id, iceParameters, iceCandidates, dtlsParameters } = transport;
      return { transportId: id, iceParameters, iceCandidates, dtlsParameters };
    }
    case 'transport.connect':
      await transports
        .get(command.transportId)!
        .connect({ dtlsParameters: command.dtlsParameters as types.DtlsParameters });
      return {};
    case 'producer.create': {
      const { kind, rtpParameters } = command;
      const producer = await transports
        .get(command.transportId)!
        .produce({ kind, rtpParameters: rtpParameters as types.RtpParameters });
      producers.set(command.feedId, producer);
      return { producerId: producer.id };
    }
    case 'consumer.create': {
      const consumer = await transports.get(command.transportId)!.consume({
        producerId: producers.get(command.feedId)!.id,
        rtpCapabilities: command.rtpCapabilities as types.RtpCapabilities,
        paused: true,
      });
      consumers.set(consumer.id, consumer);
      const { id, producerId, kind, rtpParameters, type, producerPaused } = consumer;
      return { consumerId: id, producerId, kind, rtpParameters, type, producerPaused };
    }
    case 'consumer.resume':
      await consumers.get(command.consumerId)!.resume();
      return {};
    default:
      throw new AppError('BAD_REQUEST', `${command.type} is not for a bare call`);
  }
}

const script = process.env.BARE_PAGE ? readFileSync(process.env.BARE_PAGE) : Buffer.alloc(0);
const http = createServer((request, response) => {
  if (request.url === '/page.js') {
    response.setHeader('Content-Type', 'text/javascript').end(script);
  } else {
    response.setHeader('Content-Type', 'text/html');
    response.end(
      '<!doctype html><button>join</button><video autoplay muted></video><script src="/page.js"></script>',
    );
  }
});
const io = new Server(http);
io.on('connection', (socket) =>
  socket.on('command', (command: SfuCommand, answer: (reply: Reply<unknown>) => void) => {
    carryOut(command).then(
      (data) => answer({ ok: true, data }),
      (error: unknown) => answer({ ok: false, error: AppError.from(error).toBody() }),
    );
  }),
);
http.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (http.address() as AddressInfo).port, workerPid: worker.pid });
});
