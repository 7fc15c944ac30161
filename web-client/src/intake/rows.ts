import type { Intake, IntakeKind, IntakeNotice } from '#protocol/intake.ts';
import type { PageErrorCode } from '../i18n/errors.ts';
import type { UploadView } from './upload/upload.ts';

/** One file as the page shows it, whoever is at work on it: this page or the platform. */
export interface FileRow {
  /** Of an upload of this page; null when it knows of it only from the platform. */
  uploadKey: string | null;
  intakeId: string | null;
  name: string;
  bytes: number;
  state:
    | 'waiting'
    | 'hashing'
    | 'sending'
    | 'paused'
    | 'interrupted'
    | 'checking'
    | 'preparing'
    | 'ready'
    | 'failed';
  part: number;
  rate: number;
  kind: IntakeKind | null;
  failure: PageErrorCode | null;
  notices: readonly IntakeNotice[];
  resourceId: string | null;
}

/** This page's uploads first, in the order in which they were chosen; then what the platform has beside them. */
export function fileRows(uploads: readonly UploadView[], intakes: readonly Intake[]): FileRow[] {
  const known = new Map(intakes.map((intake) => [intake.intakeId, intake]));
  const own = uploads.map((upload) => {
    const intake = upload.intakeId ? known.get(upload.intakeId) : undefined;
    if (upload.intakeId) known.delete(upload.intakeId);
    return upload.state === 'sent' ? sentRow(upload, intake) : uploadRow(upload);
  });
  const sentAgain = new Set(uploads.map(({ name, bytes }) => `${bytes} ${name}`));
  const others = [...known.values()].filter(
    // Brought in and described before is done with. Chosen anew goes on as soon as its turn comes.
    ({ state, described, name, bytes }) =>
      state !== 'proving' &&
      !(state === 'ready' && described) &&
      !(state === 'receiving' && sentAgain.has(`${bytes} ${name}`)),
  );
  return [...own, ...others.map((intake) => intakeRow(intake, null))];
}

function uploadRow(upload: UploadView): FileRow {
  const { key, name, bytes, state, part, rate, failure, intakeId } = upload;
  const shown = state === 'sent' ? 'checking' : state;
  return { uploadKey: key, intakeId, name, bytes, state: shown, part, rate, kind: null, failure, ...NOTHING };
}

const sentRow = (upload: UploadView, intake: Intake | undefined): FileRow =>
  intake && intake.state !== 'receiving' ? intakeRow(intake, upload.key) : uploadRow(upload);

function intakeRow(intake: Intake, uploadKey: string | null): FileRow {
  const { intakeId, name, bytes, receivedBytes, state, progress, kind, failure, notices, resourceId } =
    intake;
  return {
    ...{ uploadKey, intakeId, name, bytes, kind, failure, notices, resourceId, rate: 0 },
    state: state === 'receiving' || state === 'proving' ? 'interrupted' : state,
    part: state === 'preparing' ? progress : bytes > 0 ? receivedBytes / bytes : 0,
  };
}

const NOTHING = { notices: [], resourceId: null } as const;
