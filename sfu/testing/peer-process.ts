import nodeDataChannel, { type Track } from 'node-datachannel';
import type { FromPeer, MediaSection, ToPeer } from './rtc-peer.ts';
import { SyntheticVideo } from './synthetic-video.ts';

/*
 * The WebRTC peer of one test in a process of its own: libdatachannel's threads and jest's module
 * registries, which load the addon anew for every test file, crash each other.
 */
const tell = (message: FromPeer) => void process.send!(message);
const sections = JSON.parse(process.argv[2]!) as MediaSection[];
const connection = new nodeDataChannel.PeerConnection('test', {
  iceServers: [],
  bindAddress: '127.0.0.1',
  disableAutoNegotiation: true,
});
const tracks = new Map<string, Track>();
let video: SyntheticVideo | null = null;

for (const { mid, kind, payloadType, ssrcs, direction } of sections) {
  const media =
    kind === 'video' ? new nodeDataChannel.Video(mid, direction) : new nodeDataChannel.Audio(mid, direction);
  if (media instanceof nodeDataChannel.Video) media.addH264Codec(payloadType);
  else media.addOpusCodec(payloadType);
  if (direction === 'SendOnly') for (const ssrc of ssrcs) media.addSSRC(ssrc, 'test');
  const track = connection.addTrack(media);
  track.onMessage((packet) => {
    video?.receive(packet);
    tell({ type: 'packet', packet });
  });
  tracks.set(mid, track);
}

connection.onStateChange((state) => tell({ type: 'state', state }));
connection.onGatheringStateChange((state) => {
  if (state === 'complete') tell({ type: 'offer', sdp: connection.localDescription()!.sdp });
});
connection.setLocalDescription('offer');

process.on('message', (message: ToPeer) => {
  switch (message.type) {
    case 'answer':
      connection.setRemoteDescription(message.sdp, 'answer');
      break;
    case 'send': {
      const track = tracks.get(message.mid)!;
      if (track.isOpen()) track.sendMessageBinary(Buffer.from(message.packet));
      break;
    }
    case 'video':
      video = new SyntheticVideo(tracks.get(message.mid)!, message.ssrcs, message.layers, (keyFrames) =>
        tell({ type: 'keyFrames', keyFrames }),
      );
      break;
    case 'layers':
      video!.layers = message.layers;
      break;
  }
});
process.on('disconnect', () => process.exit(0));
