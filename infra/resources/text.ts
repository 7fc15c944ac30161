import type { DeletionProof } from '#protocol/retention.ts';

/** A proof as lines: the record, every place that was looked at, what stays and why, and the outcome. */
export function proofText({ tombstone, places, kept, clean }: DeletionProof): string {
  const record = tombstone
    ? `${tombstone.kind} "${tombstone.title}", deleted ${new Date(tombstone.deletedAt).toISOString()} by ${tombstone.byName ?? 'the platform'}: ${tombstone.why}`
    : 'no record of a deletion';
  const lines = [
    record,
    ...places.map(({ place, left }) => `${left === 0 ? 'nothing' : `${left} LEFT`}\t${place}`),
    ...kept.map(({ place, because }) => `kept\t${place}: ${because}`),
    clean ? 'Nothing is left.' : 'Something is left.',
  ];
  return `${lines.join('\n')}\n`;
}
