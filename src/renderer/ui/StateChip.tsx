import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDot,
  IconClock,
  IconHourglassEmpty,
  type IconProps,
} from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';

export type ChipTone = 'good' | 'waits' | 'warn' | 'lost' | 'act' | 'quiet';

const shapes: Readonly<Record<ChipTone, ComponentType<IconProps>>> = {
  good: IconCircleCheck,
  waits: IconHourglassEmpty,
  warn: IconAlertTriangle,
  lost: IconAlertTriangle,
  act: IconCircleDot,
  quiet: IconClock,
};

export interface StateChipProps {
  readonly tone: ChipTone;
  readonly children: ReactNode;
  /** Another shape than the tone's own. */
  readonly icon?: ComponentType<IconProps>;
}

/** A state: a word, a shape and a colour, never the colour alone. */
export function StateChip({ tone, children, icon }: StateChipProps) {
  const Shape = icon ?? shapes[tone];
  return (
    <span className={`br-chip br-chip-${tone}`}>
      <Shape aria-hidden size={16} stroke={2} />
      <span>{children}</span>
    </span>
  );
}
