import { SegmentedControl, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ProtocolPerson, ProtocolView, Remark } from '../../shared/contract/protocol.ts';
import { NameWarning } from '../ui/index.ts';

/** Who somebody is, as the protocol will say it: name and capacity. */
export function useWho(people: readonly ProtocolPerson[]): (code: string) => string {
  const { t } = useTranslation(['closing', 'common']);
  return (code) => {
    const person = people.find((one) => one.code === code);
    const own = code === 'child' || code === 'officer';
    const capacity = own
      ? t(`closing:person.${code}`)
      : t(`common:capacity.${person?.capacity ?? 'other'}`, { defaultValue: person?.capacity ?? code });
    return `${person?.name ?? code} · ${capacity}`;
  };
}

interface RemarksProps {
  readonly people: ProtocolView['people'];
  readonly remarks: readonly Remark[];
  readonly onChange: (remarks: Remark[]) => void;
}

/** Everybody who was there is asked once: nothing to remark, or a remark in their words. */
export function Remarks({ people, remarks, onChange }: RemarksProps) {
  const { t } = useTranslation('closing');
  const who = useWho(people);
  const change = (code: string, part: Partial<Remark>) =>
    onChange(remarks.map((one) => (one.code === code ? { ...one, ...part } : one)));
  return remarks.map(({ code, said, text }) => (
    <fieldset className="br-remark" key={code}>
      <legend>{who(code)}</legend>
      <SegmentedControl
        aria-label={who(code)}
        value={said}
        onChange={(value) => change(code, { said: value })}
        data={(['open', 'none', 'text'] as const).map((value) => ({ value, label: t(`remarks.${value}`) }))}
      />
      {said === 'text' ? (
        <>
          <Textarea
            aria-label={t('remarks.words', { who: who(code) })}
            autosize
            minRows={2}
            maxLength={4000}
            value={text}
            onChange={(event) => change(code, { text: event.currentTarget.value })}
          />
          <NameWarning text={text} />
        </>
      ) : null}
    </fieldset>
  ));
}
