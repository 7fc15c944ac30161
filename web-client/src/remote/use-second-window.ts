import { useCallback, useEffect, useState } from 'react';

interface ScreenDetails {
  readonly currentScreen: object;
  readonly screens: readonly { left: number; top: number; width: number; height: number }[];
}

/**
 * A window of this very page for the room's second display: what is drawn into it shares the page's seat and
 * media, so it costs the line nothing. It ends with the page.
 */
export function useSecondWindow(title: string) {
  const [second, setSecond] = useState<Window | null>(null);
  useEffect(() => () => second?.close(), [second]);

  /** Call from a touch. Returns false when the browser did not let it open. */
  const open = useCallback(async () => {
    const place = await otherDisplay();
    const made = window.open('', 'second-screen', `popup,${place}`);
    if (!made) return false;
    dress(made.document, title);
    made.addEventListener('pagehide', () => setSecond(null));
    setSecond(made);
    return true;
  }, [title]);

  const close = useCallback(() => {
    second?.close();
    setSecond(null);
  }, [second]);

  return { second, open, close };
}

/** Where the other display is, where the browser tells (Window Management, W3C); else a window to be moved. */
async function otherDisplay(): Promise<string> {
  try {
    const ask = (window as { getScreenDetails?: () => Promise<ScreenDetails> }).getScreenDetails;
    const details = await ask?.call(window);
    const other = details?.screens.find((screen) => screen !== details.currentScreen);
    if (other) return `left=${other.left},top=${other.top},width=${other.width},height=${other.height}`;
  } catch {
    // Not allowed: the teacher moves the window by hand.
  }
  return `width=${screen.availWidth},height=${screen.availHeight}`;
}

/** The empty document gets this page's styles. */
function dress(empty: Document, title: string): void {
  empty.title = title;
  empty.documentElement.lang = document.documentElement.lang;
  empty.head.replaceChildren();
  for (const style of document.querySelectorAll('style, link[rel="stylesheet"]'))
    empty.head.append(empty.importNode(style, true));
  for (const sheet of document.adoptedStyleSheets) {
    const copy = empty.createElement('style');
    copy.textContent = [...sheet.cssRules].map(({ cssText }) => cssText).join('\n');
    empty.head.append(copy);
  }
}
