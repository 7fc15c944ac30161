import type { Page } from 'playwright-core';

/** Makes a page note when (wall ms) an element of this test id shows another text than before, or comes or goes. */
export async function installSeenAt(page: Page, selector: string): Promise<void> {
  await page.evaluate((wanted) => {
    const read = () => document.querySelector(wanted)?.textContent ?? '';
    const seen: { text: string; at: number }[] = [];
    let last = read();
    new MutationObserver(() => {
      const text = read();
      if (text === last) return;
      last = text;
      seen.push({ text, at: performance.timeOrigin + performance.now() });
    }).observe(document, { childList: true, subtree: true, characterData: true });
    Object.assign(globalThis, { seenAt: seen });
  }, selector);
}

/** Wall ms of the next change after `at`; waits for it. */
export async function changedAt(page: Page, at: number): Promise<number> {
  const handle = await page.waitForFunction(
    (from) =>
      (globalThis as unknown as { seenAt: { at: number }[] }).seenAt.find((change) => change.at >= from)?.at,
    at,
    { polling: 20 },
  );
  return (await handle.jsonValue()) as number;
}

/** Wall ms at which the page got the touch on `testId`. */
export async function touch(page: Page, testId: string): Promise<number> {
  const at = page.evaluate(
    () =>
      new Promise<number>((resolve) =>
        addEventListener('click', ({ timeStamp }) => resolve(performance.timeOrigin + timeStamp), {
          capture: true,
          once: true,
        }),
      ),
  );
  await page.getByTestId(testId).click();
  return await at;
}
