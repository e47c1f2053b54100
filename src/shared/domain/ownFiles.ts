/** What a file is that the station itself made and keeps with an interview; `source` is the camera of a still. */
export type OwnFile = { readonly kind: 'preparation' } | { readonly kind: 'still'; readonly source: string };

/**
 * Files of people have titles in their own words; those of the station have a code there, which a screen and a paper say in
 * the reader's language. Null for a file of a person.
 */
export function ownFile({ file, title }: { readonly file: string; readonly title: string }): OwnFile | null {
  if (title === 'preparation' && /^attachments\/preparation(-\d+)?\.json$/.test(file)) return { kind: 'preparation' };
  const source = /^still-([a-z0-9-]+)$/.exec(title)?.[1];
  return source !== undefined && file.startsWith(`attachments/${title}`) ? { kind: 'still', source } : null;
}
