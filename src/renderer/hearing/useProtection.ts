import { useEffect, useState } from 'react';
import { useDesktop } from '../app/desktop.ts';

/** Keeps this window out of screen captures while a recording stands on it. False where the system has no such thing. */
export function useProtection(): boolean {
  const { protect } = useDesktop();
  const [is, setIs] = useState(false);
  useEffect(() => {
    if (protect === null) return;
    let here = true;
    // A window that refuses is one without protection, and the screen says that.
    const said = (on: boolean) => (here ? setIs(on) : undefined);
    protect(true).then(said, () => said(false));
    return () => {
      here = false;
      protect(false).catch(() => undefined);
    };
  }, [protect]);
  return is;
}
