import { useEffect } from 'react';

const prevent = (event: Event) => event.preventDefault();
const zoomed = (event: WheelEvent) => (event.ctrlKey ? event.preventDefault() : undefined);
const zoomKeys: ReadonlySet<string> = new Set(['+', '-', '=', '0', '_']);
const zoomedByKey = (event: KeyboardEvent) =>
  (event.ctrlKey || event.metaKey) && zoomKeys.has(event.key) ? event.preventDefault() : undefined;
const stay = () => history.pushState(null, '', location.pathname);

/** Nothing happens by accident: no menu, no dragging, no zoom, and the way back leads here. */
export function useSheltered(): void {
  useEffect(() => {
    const plain = ['contextmenu', 'dragstart', 'selectstart', 'gesturestart'] as const;
    for (const name of plain) document.addEventListener(name, prevent);
    document.addEventListener('wheel', zoomed, { passive: false });
    document.addEventListener('keydown', zoomedByKey);
    window.addEventListener('popstate', stay);
    stay();
    return () => {
      for (const name of plain) document.removeEventListener(name, prevent);
      document.removeEventListener('wheel', zoomed);
      document.removeEventListener('keydown', zoomedByKey);
      window.removeEventListener('popstate', stay);
    };
  }, []);
}
