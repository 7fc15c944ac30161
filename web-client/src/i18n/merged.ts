export type Words = { [key: string]: string | Words };

/** The words of both; a topic that stands in both parts has what each says of it. */
export function merged(one: Words, other: Words): Words {
  const all = { ...one };
  for (const [key, word] of Object.entries(other)) {
    const known = all[key];
    all[key] = typeof known === 'object' && typeof word === 'object' ? merged(known, word) : word;
  }
  return all;
}
