// Speaks to the worker in MEDIASOUP_WORKER_BIN as the platform does; exits 0 if it answers.
import * as mediasoup from 'mediasoup';

const worker = await mediasoup.createWorker({ logLevel: 'error' });
worker.once('died', () => process.exit(1));
const server = await worker.createWebRtcServer({
  listenInfos: [
    { protocol: 'udp', ip: '127.0.0.1', portRange: { min: 22000, max: 31999 } },
    { protocol: 'tcp', ip: '127.0.0.1', portRange: { min: 22000, max: 31999 } },
  ],
});
const router = await worker.createRouter({
  mediaCodecs: [{ kind: 'audio', mimeType: 'audio/opus', clockRate: 48000, channels: 2 }],
});
const transport = await router.createWebRtcTransport({ webRtcServer: server });
console.log(`worker ${worker.pid}: ${transport.iceCandidates.length} ICE candidates`);
worker.close();
