import type { StudyNote } from '#protocol/notes.ts';

/** Notes as Markdown: a heading, and each note with its time. What somebody wrote stays as it was written. */
export function notesAsMarkdown(title: string, notes: readonly StudyNote[]): string {
  const lines = notes.map(({ atMs, text }) => {
    const [first = '', ...more] = text.split('\n');
    // Further lines belong to the same point of the list.
    return [`- **${atMs === null ? '—' : clock(atMs)}** ${first}`, ...more.map((line) => `  ${line}`)].join(
      '\n',
    );
  });
  return `# ${title}\n\n${lines.join('\n')}\n`;
}

function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}
