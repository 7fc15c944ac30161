import { useQuery } from '@tanstack/react-query';
import { aboutQuery } from '../api/queries.ts';

const OWN_NAMES: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** Where others open what is at `path`: the name that a machine has for itself leads nobody else to it. */
export function sharedAddress(
  path: string,
  origins: readonly string[],
  here: Pick<Location, 'hostname' | 'origin'>,
): string {
  const [first] = origins;
  return new URL(path, first && OWN_NAMES.includes(here.hostname) ? first : here.origin).href;
}

/** Addresses of this platform that are handed to other people. */
export function useSharedAddress(): (path: string) => string {
  const { data: about } = useQuery(aboutQuery);
  return (path) => sharedAddress(path, about?.secureOrigins ?? [], location);
}
