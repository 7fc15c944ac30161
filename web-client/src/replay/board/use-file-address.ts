import { useCallback, useRef } from 'react';
import { platformNow } from '../../api/clock.ts';
import type { FileAddress } from './ReplayBoard.tsx';

/** A page is asked for shortly after its address is made; this much has to be left. */
const LEFT_MS = 20_000;

/** When a signed address runs out, wall ms; never for one that is not signed. */
const endOf = (address: string): number =>
  Number(/\/media\/s\/(\d+)\//.exec(address)?.[1] ?? Number.POSITIVE_INFINITY) * 1_000;

/**
 * Addresses of courseware below a signed folder. A renewed signature makes no other address of a file whose old one
 * is still good: what is painted is not painted again, and a PDF not fetched twice.
 */
export function useFileAddress(folder: string): FileAddress {
  const newest = useRef(folder);
  newest.current = folder;
  const given = useRef(new Map<string, string>());
  return useCallback((documentId, file) => {
    const key = `${documentId}/${file}`;
    const known = given.current.get(key);
    if (known && endOf(known) > platformNow() + LEFT_MS) return known;
    const address = newest.current + key;
    given.current.set(key, address);
    return address;
  }, []);
}
