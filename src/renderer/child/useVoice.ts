import { useCallback, useEffect, useRef } from 'react';
import type { TabletView } from '../../shared/contract/tablet.ts';
import type { Spoken } from '../../shared/domain/childWishes.ts';

/** Softly, whatever the tablet's own volume is. */
const VOLUME = 0.7;
const AGAIN_MS = 3_000;

export interface Voice {
  readonly say: (said: Spoken) => void;
  /** To be called within a press: some browsers let sounds out only after one. */
  readonly unlock: () => void;
}

/** The tablet's voice. Its sounds are fetched beforehand, so that it speaks also while the network is away. */
export function useVoice(language: string, sounds: TabletView['sounds'] | null): Voice {
  const fetched = useRef(new Map<string, string>());
  const speaker = useRef<HTMLAudioElement | null>(null);
  const unlocked = useRef(false);
  // The list comes anew every second; what it says changes seldom.
  const list = JSON.stringify(sounds?.map(({ said, sha256 }) => `/voice/${language}/${said}?v=${sha256}`) ?? []);
  useEffect(() => {
    let here = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const addresses: readonly string[] = JSON.parse(list);
    const urls = fetched.current;
    const bring = async () => {
      try {
        for (const address of addresses) {
          if (!here || urls.has(nameOf(address))) continue;
          const answer = await fetch(address, { credentials: 'same-origin' });
          if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
          const url = URL.createObjectURL(await answer.blob());
          if (here) urls.set(nameOf(address), url);
          else URL.revokeObjectURL(url);
        }
      } catch {
        // Nothing that a child could do about it: the pictures work without, and it is tried again.
        if (here) timer = setTimeout(() => void bring(), AGAIN_MS);
      }
    };
    void bring();
    return () => {
      here = false;
      clearTimeout(timer);
      for (const url of urls.values()) URL.revokeObjectURL(url);
      urls.clear();
    };
  }, [list]);
  const speak = useCallback((url: string, muted: boolean) => {
    speaker.current ??= new Audio();
    const audio = speaker.current;
    audio.src = url;
    audio.volume = VOLUME;
    audio.muted = muted;
    // A browser that keeps silent, or a sound that the next one cuts off: the ring has answered already.
    audio.play().catch(() => undefined);
  }, []);
  const say = useCallback(
    (said: Spoken) => {
      const url = fetched.current.get(said);
      if (url !== undefined) speak(url, false);
    },
    [speak],
  );
  const unlock = useCallback(() => {
    const [url] = fetched.current.values();
    if (unlocked.current || url === undefined) return;
    unlocked.current = true;
    speak(url, true);
  }, [speak]);
  return { say, unlock };
}

/** `/voice/kk/break?v=…` → `break` */
const nameOf = (address: string) => address.slice(address.lastIndexOf('/') + 1, address.indexOf('?'));
