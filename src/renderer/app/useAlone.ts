import { type RefObject, useEffect, useRef, useState } from 'react';

/**
 * Makes everything else on the page unreachable while the element with this ref is there: dialogs that were open keep
 * their state, but neither keyboard nor screen reader comes to them. Afterwards the focus goes back where it was.
 */
export function useAlone(): RefObject<HTMLDivElement | null> {
  const own = useRef<HTMLDivElement>(null);
  const [before] = useState(() => document.activeElement);
  useEffect(() => {
    const others = [...document.body.children].filter((child) => child !== own.current && !child.hasAttribute('inert'));
    for (const other of others) other.setAttribute('inert', '');
    return () => {
      for (const other of others) other.removeAttribute('inert');
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [before]);
  return own;
}
