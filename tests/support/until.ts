/** Waits until `condition` gives something truthy, looking again every `everyMs`; throws after `withinMs` with `what`. */
export async function until<T>(
  what: string,
  condition: () => T | Promise<T>,
  { withinMs = 60_000, everyMs = 25 }: { withinMs?: number; everyMs?: number } = {},
): Promise<NonNullable<Exclude<T, false>>> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const value = await condition();
    if (value) return value as NonNullable<Exclude<T, false>>;
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

/** Does `act` again for as long as it is refused with `code`, which a machine that is too busy may cause; five times at most. */
export async function patiently<T>(code: string, act: () => Promise<T>): Promise<T> {
  for (let left = 4; ; left -= 1) {
    try {
      return await act();
    } catch (error) {
      const refused = error instanceof Error && 'code' in error && error.code === code;
      if (!refused || left === 0) throw error;
    }
  }
}
