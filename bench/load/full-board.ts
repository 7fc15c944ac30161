import type { Mark } from '#protocol/board-page.ts';
import type { Lesson } from '#protocol/domain.ts';
import { type InkPoint, packInk } from '#protocol/ink.ts';
import type { Api } from '../../e2e/harness/api.ts';
import { SocketClient } from '../../e2e/harness/socket-client.ts';

const COLUMNS = 100;
const POINTS = 20;
/** Each stroke is an event of its own, as from a hand; so many are under way at once. */
const AT_ONCE = 50;

/** A board that was written full: so many pen strokes the size of handwriting, on the one page that is shown. */
export async function fillBoard(
  teacher: Api,
  { lessonId }: Pick<Lesson, 'lessonId'>,
  strokes: number,
): Promise<void> {
  const client = await SocketClient.connect(teacher);
  try {
    await client.join(lessonId);
    must(await client.ask({ type: 'board.show', shown: true }));
    const [added] = await teacher.events(lessonId, 'board.pagesAdded');
    const pageId = added!.pages[0]!.pageId;
    for (let from = 0; from < strokes; from += AT_ONCE) {
      const some = Array.from({ length: Math.min(AT_ONCE, strokes - from) }, (_, index) => from + index);
      const codes = await Promise.all(
        some.map((stroke) => client.ask({ type: 'board.draw', pageId, marks: [handwritten(stroke)] })),
      );
      codes.forEach(must);
    }
  } finally {
    client.close();
  }
}

function must(code: string | null): void {
  if (code) throw new Error(code);
}

/** The stroke's place follows from its number; its shape is a hand's: curved, with a pen's pressure. */
function handwritten(stroke: number): Mark {
  const [left, top] = [(stroke % COLUMNS) / COLUMNS, Math.floor(stroke / COLUMNS) / 90];
  const points = Array.from({ length: POINTS }, (_, index): InkPoint => {
    const turn = index / 3 + stroke;
    return {
      x: left + (index / POINTS) * 0.008,
      y: top + 0.006 + Math.sin(turn) * 0.004,
      pressure: 0.4 + 0.3 * Math.sin(turn / 2),
      t: index * 16,
    };
  });
  return { kind: 'pen', color: stroke % 7 === 0 ? 'red' : 'blue', width: 2, ink: packInk(points) };
}
