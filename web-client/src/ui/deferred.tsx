import { type ComponentType, type FunctionComponent, useEffect, useState } from 'react';

interface Deferred<P> extends FunctionComponent<P> {
  /** Fetches the chunk before anybody needs it. */
  preload: () => Promise<void>;
}

/**
 * A component in a chunk of its own. Unlike `React.lazy` it is drawn at once when the chunk is there:
 * Suspense shows its fallback even then, and holds the content back for 300 ms after it.
 */
export function deferred<P extends object>(
  load: () => Promise<ComponentType<P>>,
  Fallback: ComponentType,
): Deferred<P> {
  let loaded: ComponentType<P> | null = null;
  const preload = async () => {
    loaded = await load();
  };
  function DeferredComponent(props: P) {
    const [, setState] = useState<'loading' | 'loaded'>(loaded ? 'loaded' : 'loading');
    const [failure, setFailure] = useState<unknown>(null);
    useEffect(() => {
      // It may have come since this was drawn, by a preload: then nothing else would draw it again.
      if (loaded) setState('loaded');
      else persistently(preload).then(() => setState('loaded'), setFailure);
    }, []);
    // To the route's own error page: an update of the platform may have taken the chunk away.
    if (failure) throw failure;
    const Loaded = loaded;
    return Loaded ? <Loaded {...props} /> : <Fallback />;
  }
  return Object.assign(DeferredComponent, { preload });
}

/** A thin line's hiccup must not take a lesson's page away. */
const PAUSES_MS = [1_000, 3_000];

async function persistently(load: () => Promise<void>): Promise<void> {
  for (const ms of PAUSES_MS)
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, ms));
    }
  return await load();
}
