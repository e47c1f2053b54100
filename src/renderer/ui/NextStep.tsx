import { Button, Title } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';

export interface NextStepProps {
  /** When and where, above the title. */
  readonly kicker?: ReactNode;
  readonly title: string;
  readonly text?: ReactNode;
  readonly chips?: ReactNode;
  /** The screen's one filled button: where it leads, or what it does. */
  readonly act?: { readonly label: string } & (
    | { readonly to: string }
    | { readonly run: () => void; readonly busy?: boolean }
  );
}

/** The one obvious next step of a screen. */
export function NextStep({ kicker, title, text, chips, act }: NextStepProps) {
  const arrow = <IconArrowRight aria-hidden size={20} />;
  return (
    <section className="br-next" aria-label={title}>
      <div className="br-next-row">
        <div className="br-next-words">
          {kicker === undefined ? null : <div className="br-soft br-num">{kicker}</div>}
          <Title order={2} size="h1">
            {title}
          </Title>
          {text === undefined ? null : <div className="br-soft">{text}</div>}
        </div>
        {act === undefined ? null : 'to' in act ? (
          <Button component={Link} href={act.to} size="lg" rightSection={arrow} className="br-next-act">
            {act.label}
          </Button>
        ) : (
          <Button size="lg" rightSection={arrow} className="br-next-act" onClick={act.run} loading={act.busy ?? false}>
            {act.label}
          </Button>
        )}
      </div>
      {chips === undefined ? null : <div className="br-chips">{chips}</div>}
    </section>
  );
}
