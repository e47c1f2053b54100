import { useEffect, useState } from 'react';

const PAUSE_MS = 180;
const AFTER_NONE_MS = 800;

/**
 * The newest preview picture of a source as an address for `<img>`, about five a second: the next is fetched when the last
 * has come. Nothing is fetched while the page is hidden or the picture is not `wanted`. Null while there is none.
 */
export function usePreview(interview: string, source: string, wanted: boolean): string | null {
  const [picture, setPicture] = useState<string | null>(null);
  useEffect(() => {
    if (!wanted) {
      setPicture(null);
      return;
    }
    const stop = new AbortController();
    let shown: string | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (next: string | null) => {
      const before = shown;
      shown = next;
      setPicture(next);
      // Given back only after the new one stands on screen.
      if (before !== null) setTimeout(() => URL.revokeObjectURL(before), 1000);
    };
    const turn = async () => {
      let pause = PAUSE_MS;
      if (document.hidden) pause = AFTER_NONE_MS;
      else {
        try {
          const answer = await fetch(`/preview/${interview}/${source}.jpg`, { signal: stop.signal, cache: 'no-store' });
          if (answer.status === 200) show(URL.createObjectURL(await answer.blob()));
          else {
            if (shown !== null) show(null);
            pause = AFTER_NONE_MS;
          }
        } catch {
          // The station is away or this tile is: the screen says the first elsewhere.
          pause = AFTER_NONE_MS;
        }
      }
      if (!stop.signal.aborted) timer = setTimeout(() => void turn(), pause);
    };
    void turn();
    return () => {
      stop.abort();
      clearTimeout(timer);
      if (shown !== null) URL.revokeObjectURL(shown);
    };
  }, [interview, source, wanted]);
  return picture;
}
