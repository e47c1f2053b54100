import { useSettings } from '../app/settings.ts';

/** The key of an act, shown where it works; nothing where shortcuts are switched off. */
export function Kbd({ children }: { readonly children: string }) {
  const on = useSettings((settings) => settings.shortcuts);
  if (!on) return null;
  return (
    <kbd className="br-kbd" aria-hidden>
      {children}
    </kbd>
  );
}
