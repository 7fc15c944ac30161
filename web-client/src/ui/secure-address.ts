/** Secure twins of this page, the one on this page's own host first. */
export function secureTwins(
  origins: readonly string[],
  here: Pick<Location, 'hostname' | 'pathname'>,
): string[] {
  const sameHost = (origin: string) => Number(new URL(origin).hostname === here.hostname);
  return [...origins]
    .sort((a, b) => sameHost(b) - sameHost(a))
    .map((origin) => new URL(here.pathname, origin).href);
}
