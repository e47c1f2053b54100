import { Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';
import { Link } from 'wouter';

export interface PageProps {
  readonly title: string;
  /** A quiet line under the title: a date, a number, where one is. */
  readonly lead?: ReactNode;
  /** What stands at the title's right: a state, or the page's quiet acts. */
  readonly aside?: ReactNode;
  readonly back?: { readonly to: string; readonly label: string };
  readonly children: ReactNode;
  /** `narrow` for forms that are read from top to bottom. */
  readonly width?: 'narrow' | 'wide';
}

/** One page: its heading, its lead and its content; the window's title follows. */
export function Page({ title, lead, aside, back, children, width = 'wide' }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Bir Ret`;
  }, [title]);
  return (
    <div className={`br-page br-page-${width}`}>
      <header className="br-page-head">
        <div>
          {back === undefined ? null : (
            <Link href={back.to} className="br-back">
              <IconArrowLeft aria-hidden size={16} /> {back.label}
            </Link>
          )}
          <Title order={1}>{title}</Title>
          {lead === undefined ? null : <div className="br-soft">{lead}</div>}
        </div>
        {aside === undefined ? null : <div className="br-page-aside">{aside}</div>}
      </header>
      {children}
    </div>
  );
}
