/**
 * A lesson's title as it stands beside its subject: lessons of a pairing are called after their course, 音乐 三年级上册,
 * and need not say 音乐 twice.
 */
export function topicOf({ subject, title }: { subject: string; title: string }): string {
  const rest = title.startsWith(subject) ? title.slice(subject.length).trim() : '';
  return rest === '' ? title : rest;
}
