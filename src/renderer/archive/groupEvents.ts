/** An event of an exhibit, as far as its list needs it. */
export interface ListedEvent {
  readonly index: number;
  readonly at: string;
  readonly action: string;
  readonly role: string;
  readonly actor: string;
}

/** The same act of the same person, several times in a row, is one line: playing is reported every few seconds. */
export function grouped<E extends ListedEvent>(
  events: readonly E[],
): readonly { readonly first: E; readonly last: E; readonly count: number }[] {
  const groups: { first: E; last: E; count: number }[] = [];
  for (const event of events) {
    const open = groups.at(-1);
    const same = open?.last.action === event.action && open.last.actor === event.actor && open.last.role === event.role;
    if (open !== undefined && same) groups[groups.length - 1] = { ...open, last: event, count: open.count + 1 };
    else groups.push({ first: event, last: event, count: 1 });
  }
  return groups;
}
