import { useAsk } from '../ui/index.ts';

/** The name behind a person's code, with the code; the code alone where the person is not of this court. */
export function usePersonName(): (code: string) => string {
  const asked = useAsk('people', (station) => station.accounts.people());
  return (code) => {
    const person = asked.data?.find((one) => one.code === code);
    return person === undefined ? code : `${person.name} (${code})`;
  };
}
