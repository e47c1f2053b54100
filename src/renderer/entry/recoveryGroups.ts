/** The groups of a printed part: `BR1 ABCDEF … XY` → `['ABCDEF', …, 'XY']`. */
export function groupsOf(part: string): readonly string[] {
  return part.trim().split(/\s+/).slice(1);
}

/** Whether what was typed is this group; case, spaces and dashes do not matter, as when the key is used. */
export function isGroup(typed: string, group: string | undefined): boolean {
  const plain = (text: string) => text.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
  return group !== undefined && plain(typed) === plain(group);
}
