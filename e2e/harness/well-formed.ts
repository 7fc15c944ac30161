import type { LessonRequest, LessonRequestType } from '#protocol/lesson-socket.ts';

/** Valid in form, but of nothing that exists. */
export const NO_ID = 'A'.repeat(22);

/** One request of each type, well formed, about things that do not exist. */
export const WELL_FORMED: { [T in LessonRequestType]: Extract<LessonRequest, { type: T }> } = {
  join: { type: 'join', lessonId: NO_ID, afterSeq: 0, resumeKey: null },
  leave: { type: 'leave' },
  'transport.create': { type: 'transport.create', direction: 'recv' },
  'transport.connect': {
    type: 'transport.connect',
    transportId: 'none',
    dtlsParameters: { fingerprints: [{ algorithm: 'sha-256', value: '00' }] },
  },
  'transport.restartIce': { type: 'transport.restartIce', transportId: 'none' },
  'transport.close': { type: 'transport.close', transportId: 'none' },
  'feed.publish': {
    type: 'feed.publish',
    transportId: 'none',
    role: 'mic',
    kind: 'audio',
    rtpParameters: { codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 }] },
    paused: false,
  },
  'feed.pause': { type: 'feed.pause', feedId: NO_ID, paused: true },
  'feed.close': { type: 'feed.close', feedId: NO_ID },
  'consumer.create': { type: 'consumer.create', transportId: 'none', feedId: NO_ID, rtpCapabilities: {} },
  'consumer.resume': { type: 'consumer.resume', consumerId: 'none' },
  'consumer.pause': { type: 'consumer.pause', consumerId: 'none' },
  'consumer.close': { type: 'consumer.close', consumerId: 'none' },
  'consumer.setLayers': {
    type: 'consumer.setLayers',
    consumerId: 'none',
    preferredLayers: { spatialLayer: 0 },
  },
  'stage.set': { type: 'stage.set', stage: { kind: 'room', participantId: NO_ID }, seen: 0 },
  'switches.set': { type: 'switches.set', switches: { text: true }, seen: 0 },
  'class.pause': { type: 'class.pause', paused: false },
  'hand.raise': { type: 'hand.raise', child: null },
  'hand.lower': { type: 'hand.lower', handId: NO_ID },
  'call.make': { type: 'call.make', participantId: NO_ID, child: null },
  'call.random': { type: 'call.random', among: [{ participantId: NO_ID, child: null }] },
  'call.end': { type: 'call.end' },
  'remark.make': { type: 'remark.make', remark: 'tooFast' },
  'roll.take': { type: 'roll.take', participantId: NO_ID, present: 1, expected: 1, absent: [] },
  'timer.start': { type: 'timer.start', durationMs: 60_000 },
  'timer.stop': { type: 'timer.stop' },
  'participant.remove': { type: 'participant.remove', participantId: NO_ID, forbid: false },
  'participant.readmit': { type: 'participant.readmit', accountId: NO_ID },
  'quality.report': {
    type: 'quality.report',
    light: 'green',
    upKbps: 1_500,
    downKbps: null,
    lossPercent: 0,
    rttMs: 20,
    framesPerSecond: 15,
    width: 1280,
    height: 720,
    hears: true,
    cause: null,
  },
  'check.report': { type: 'check.report', items: [{ item: 'camera', light: 'green', code: 'OK' }] },
};
export const REQUEST_TYPES = Object.keys(WELL_FORMED) as LessonRequestType[];
