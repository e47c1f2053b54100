import { useCallback, useEffect, useRef, useState } from 'react';

/** Pictures that were kept from this screen, small, by the name of their file: only this screen's memory holds them. */
export type Thumbs = ReadonlyMap<string, string>;

/** The thumbnails and the act that adds one; they go with the screen. */
export function useThumbs(): readonly [Thumbs, (file: string, content: Blob) => void] {
  const [thumbs, setThumbs] = useState<Thumbs>(new Map());
  const held = useRef<string[]>([]);
  useEffect(() => {
    const { current } = held;
    return () => {
      for (const address of current) URL.revokeObjectURL(address);
    };
  }, []);
  const add = useCallback((file: string, content: Blob) => {
    if (!content.type.startsWith('image/')) return;
    const address = URL.createObjectURL(content);
    held.current.push(address);
    setThumbs((before) => new Map(before).set(file, address));
  }, []);
  return [thumbs, add];
}
