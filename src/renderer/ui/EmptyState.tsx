import type { ReactNode } from 'react';

/** Nothing is here yet, and what to do about it. */
export function EmptyState({ children, act }: { readonly children: ReactNode; readonly act?: ReactNode }) {
  return (
    <div className="br-empty">
      <p>{children}</p>
      {act}
    </div>
  );
}
