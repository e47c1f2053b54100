/** Who waits for a change, by interview. */
export class Watchers {
  readonly #waiting = new Map<string, Set<() => void>>();

  changed(interview: string): void {
    for (const wake of this.#waiting.get(interview) ?? []) wake();
  }

  /** Resolves at the next change, after `longestMs`, or when `signal` says enough. */
  next(interview: string, longestMs: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(interview) ?? new Set();
      this.#waiting.set(interview, waiting);
      const end = () => {
        clearTimeout(timer);
        waiting.delete(end);
        if (waiting.size === 0 && this.#waiting.get(interview) === waiting) this.#waiting.delete(interview);
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, longestMs);
      waiting.add(end);
      signal?.addEventListener('abort', end, { once: true });
      if (signal?.aborted === true) end();
    });
  }
}
