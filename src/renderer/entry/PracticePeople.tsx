import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../shared/domain/roles.ts';
import { useStation } from '../app/client.ts';
import { setSession } from '../app/sessionStore.ts';
import { Loading, SentenceError, useAct, useAsk } from '../ui/index.ts';

/** Who begins, first; then as the day goes. */
const DAY: readonly Role[] = ['investigator', 'operator', 'clerk', 'judge', 'auditor', 'administrator'];
const order = (role: Role): number => DAY.indexOf(role);

/** The door of a practice station: one button a role, no password to type. */
export function PracticePeople() {
  const { t } = useTranslation(['entry', 'roles']);
  const station = useStation();
  const people = useAsk('practicePeople', (client) => client.station.practicePeople());
  const enter = useAct(async (login: string, password: string) => {
    setSession(await station.session.signIn({ login, password }));
  });
  if (people.data === null) return <Loading />;
  return (
    <div className="br-form">
      <h1>{t('practice.title')}</h1>
      <p className="br-soft">{t('practice.text')}</p>
      <SentenceError trouble={people.trouble ?? enter.trouble} />
      {people.data
        .toSorted((a, b) => order(a.role) - order(b.role))
        .map(({ role, login, password }) => (
          <Button
            key={login}
            size="lg"
            variant={role === 'investigator' ? 'filled' : 'default'}
            disabled={enter.busy}
            onClick={() => void enter.run(login, password)}
          >
            {t(`roles:${role}`)}
          </Button>
        ))}
    </div>
  );
}
