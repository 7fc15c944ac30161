import type { SignedAddresses } from '#platform/signed-address.ts';
import type { Span } from '#protocol/rest.ts';
import type { Db } from '../database/database.ts';
import type { Thumbnails } from '../media/thumbnails.ts';
import type { ResourceRow } from '../resource/resource-rows.ts';

/** Lists are looked at longer than a film's address lives between two renewals. */
const TTL_S = 1_800;
/** A lesson begins with an empty board: its face is some way in. */
const FACE = 0.3;

/** The pictures of resources: a moment of their first clip, or the cover that came with a file. */
export class Covers {
  readonly #db: Db;
  readonly #thumbnails: Thumbnails;
  readonly #addresses: SignedAddresses;

  constructor(db: Db, thumbnails: Thumbnails, addresses: SignedAddresses) {
    this.#db = db;
    this.#thumbnails = thumbnails;
    this.#addresses = addresses;
  }

  /** By resource id; who has no picture is not in it. */
  async of(rows: readonly ResourceRow[]): Promise<Map<string, string>> {
    const covers = new Map<string, string>();
    await this.#ofFiles(
      rows.filter(({ programme }) => !programme),
      covers,
    );
    const recordingIds = [
      ...new Set(rows.flatMap(({ programme }) => programme?.clips[0]?.recordingId ?? [])),
    ];
    if (recordingIds.length === 0) return covers;
    const tracks = await this.#db
      .selectFrom('recording_track')
      .select(['recording_id', 'track_id', 'role', 'kind', 'spans', 'participant_id', 'playlist'])
      .where('recording_id', 'in', recordingIds)
      .where('kind', '=', 'video')
      .execute();
    for (const { resourceId, programme } of rows) {
      const clip = programme?.clips[0];
      if (!clip) continue;
      const shown = tracks.filter(
        ({ recording_id, track_id }) =>
          recording_id === clip.recordingId && !programme.hiddenTrackIds.includes(track_id),
      );
      const picture = await this.#frame(clip, shown);
      if (picture) covers.set(resourceId, picture);
    }
    return covers;
  }

  async #frame(
    { recordingId, fromMs, toMs }: { recordingId: string; fromMs: number; toMs: number },
    shown: readonly TrackRow[],
  ): Promise<string | null> {
    const tracks = shown.map(({ track_id, participant_id, role, kind, playlist, spans }) => ({
      trackId: track_id,
      feedId: track_id,
      participantId: participant_id,
      participantName: '',
      organizationName: '',
      role,
      kind,
      playlist,
      spans,
    }));
    const told = await this.#thumbnails.of(recordingId, tracks, [{ fromMs, toMs }], TTL_S);
    if (!told) return null;
    const wanted = Math.floor((fromMs + (toMs - fromMs) * FACE) / told.everyMs);
    const name = told.names.slice(wanted).find(Boolean) ?? told.names.find(Boolean);
    return name ? told.base + name : null;
  }

  async #ofFiles(rows: readonly ResourceRow[], covers: Map<string, string>): Promise<void> {
    if (rows.length === 0) return;
    const files = await this.#db
      .selectFrom('resource_file')
      .select(['resource_id', 'blob_key'])
      .where('role', '=', 'cover')
      .where(
        'resource_id',
        'in',
        rows.map(({ resourceId }) => resourceId),
      )
      .execute();
    for (const { resource_id, blob_key } of files) {
      const folder = `resources/${resource_id}/`;
      // Only what lies in the resource's own folder is in the scope that is signed.
      if (blob_key.startsWith(folder))
        covers.set(
          resource_id,
          this.#addresses.folder(['files', resource_id], TTL_S) + blob_key.slice(folder.length),
        );
    }
  }
}

interface TrackRow {
  recording_id: string;
  track_id: string;
  role: Parameters<Thumbnails['of']>[1][number]['role'];
  kind: 'audio' | 'video';
  spans: Span[];
  participant_id: string;
  playlist: string;
}
