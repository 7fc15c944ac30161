/** Who it was, as LOM wants to be told (vCard 3.0, RFC 2426). */
export function writeVcard({ name, organization }: { name: string; organization: string }): string {
  const lines = ['BEGIN:VCARD', 'VERSION:3.0', `N:${escaped(name)}`, `FN:${escaped(name)}`];
  if (organization) lines.push(`ORG:${escaped(organization)}`);
  return [...lines, 'END:VCARD'].join('\n');
}

export function readVcard(text: string): { name: string; organization: string } {
  const value = (key: string) => {
    const line = text.split(/\r?\n/).find((each) => new RegExp(`^\\s*${key}[;:]`, 'i').test(each));
    return line ? plain(line.slice(line.indexOf(':') + 1).trim()) : '';
  };
  return { name: value('FN') || value('N'), organization: value('ORG') };
}

const escaped = (text: string): string => text.replace(/[\\;,]/g, '\\$&').replace(/\n/g, '\\n');
const plain = (text: string): string => text.replace(/\\n/g, ' ').replace(/\\([\\;,])/g, '$1');
