const SHORTEST_MS = 1_000;
const LONGEST_MS = 8_000;

/** Waits before the next try, longer after each that failed; at once where the network says that it is back. */
export function pauseFor(failed: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      window.removeEventListener('online', end);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, Math.min(LONGEST_MS, SHORTEST_MS * 2 ** failed));
    window.addEventListener('online', end);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
