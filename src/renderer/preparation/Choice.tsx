import { SegmentedControl } from '@mantine/core';

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly value: Value | null;
  readonly disabled: boolean;
  readonly onChoose: (value: Value) => void;
}

/** One answer of a few; none until somebody chose. */
export function Choice<Value extends string>({ label, options, value, disabled, onChoose }: ChoiceProps<Value>) {
  return (
    <SegmentedControl
      aria-label={label}
      className="br-prep-choice"
      data={[...options]}
      // Nothing is chosen where nobody answered: no option has this value.
      value={value ?? ''}
      onChange={(chosen) => {
        const found = options.find((option) => option.value === chosen);
        if (found !== undefined) onChoose(found.value);
      }}
      disabled={disabled}
    />
  );
}
