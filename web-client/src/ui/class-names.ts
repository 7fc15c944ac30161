/** Class names that are there, as one attribute. */
export const join = (...names: (string | false | null | undefined)[]): string =>
  names.filter(Boolean).join(' ');
