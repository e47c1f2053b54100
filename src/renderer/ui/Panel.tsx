import { Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

export interface PanelProps {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A card with a heading: one part of a page, and a landmark for those who listen to it. */
export function Panel({ title, aside, children }: PanelProps) {
  const id = useId();
  return (
    <section className="br-panel" aria-labelledby={id}>
      <header className="br-panel-head">
        <Title order={2} id={id}>
          {title}
        </Title>
        {aside}
      </header>
      {children}
    </section>
  );
}
