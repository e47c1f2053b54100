/** Size and root of a custody log's checkpoint (C2SP tlog-checkpoint: origin, size, root, one a line). */
export function checkpointOf(note: string): { readonly size: string; readonly root: string } {
  const [, size = '', root = ''] = note.split('\n');
  return { size, root };
}
