import type { FeedRole, MediaKind } from '#protocol/domain.ts';
import type { Id, MediaId } from '#protocol/ids.ts';
import type {
  DtlsParameters,
  IceParameters,
  IceServer,
  RtpCapabilities,
  RtpParameters,
  TransportOptions,
} from '#protocol/media.ts';

/** What the WHIP door needs of a lesson: one seat that can send media. */
export interface IngestSeat {
  readonly routerRtpCapabilities: RtpCapabilities;
  readonly iceServers: IceServer[];
  createTransport(): Promise<TransportOptions>;
  connectTransport(transportId: MediaId, dtlsParameters: DtlsParameters): Promise<void>;
  restartIce(transportId: MediaId): Promise<IceParameters>;
  publish(
    transportId: MediaId,
    role: FeedRole,
    kind: MediaKind,
    rtpParameters: RtpParameters,
  ): Promise<{ feedId: Id; producerId: MediaId }>;
  /** Gives the seat up. Idempotent. */
  close(): Promise<void>;
  /** `taken`: another page or program has the seat now; `lost`: the media node is gone, the lesson ended. */
  onClosed(listener: (cause: 'taken' | 'lost') => void): void;
}

/** @throws AppError NOT_SIGNED_IN for a wrong key, NOT_FOUND, WRONG_STATE after the bell, NO_MEDIA_NODE. */
export type OpenSeat = (lessonId: Id, bearer: string) => Promise<IngestSeat>;
