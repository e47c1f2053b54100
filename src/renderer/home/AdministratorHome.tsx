import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Account } from '../../shared/contract/accounts.ts';
import { words } from '../../shared/i18n/index.ts';
import type { AccountView } from '../app/sessionStore.ts';
import { useSettings } from '../app/settings.ts';
import { Asking, NextStep, Panel, StateChip, useAsk } from '../ui/index.ts';
import { DisksPanel } from './DisksPanel.tsx';
import { HomePage } from './HomePage.tsx';
import { RoomsPanel } from './RoomsPanel.tsx';

interface Facts {
  readonly people: readonly Account[];
  readonly rooms: number;
  readonly disks: number;
  /** Both folders lie on one disk. */
  readonly sameDisk: boolean;
}

/** What is still to be finished so that others can work. */
export function AdministratorHome({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation('home');
  const language = useSettings((settings) => settings.language);
  const asked = useAsk<Facts>(
    'administrator',
    async (station) => {
      const [people, rooms, targets] = await Promise.all([
        station.accounts.list(),
        station.rooms.list(),
        station.station.targets(),
      ]);
      const sameDisk = targets.some(({ shared }) => shared);
      return { people, rooms: rooms.length, disks: targets.length, sameDisk };
    },
    15_000,
  );
  return (
    <HomePage account={account}>
      <Asking asked={asked}>
        {(facts) => (
          <>
            <NextTask facts={facts} />
            <div className="br-columns">
              <Panel title={t('admin.people.panel')} aside={<Link href="/people">{t('admin.certify.act')}</Link>}>
                <p>{t('peopleActive', { count: facts.people.filter(({ state }) => state === 'active').length })}</p>
                <p className="br-soft">
                  {t('peopleInvited', { count: facts.people.filter(({ state }) => state === 'invited').length })}
                </p>
              </Panel>
              <RoomsPanel />
              <DisksPanel />
            </div>
            {words[language].meta.reviewed ? null : (
              <div>
                <StateChip tone="quiet">{t('words')}</StateChip>
              </div>
            )}
          </>
        )}
      </Asking>
    </HomePage>
  );
}

function NextTask({ facts }: { readonly facts: Facts }) {
  const { t } = useTranslation('home');
  const uncertified = facts.people.find(({ state, certificate }) => state === 'active' && certificate === 'requested');
  if (uncertified !== undefined) {
    return (
      <NextStep
        title={t('admin.certify.title', { name: uncertified.name })}
        text={t('admin.certify.text')}
        act={{ label: t('admin.certify.act'), to: '/people' }}
      />
    );
  }
  const task =
    facts.rooms === 0
      ? ({ id: 'room', to: '/rooms/new' } as const)
      : facts.disks < 2
        ? ({ id: 'disk', to: '/disks' } as const)
        : facts.sameDisk
          ? ({ id: 'sameDisk', to: '/disks' } as const)
          : facts.people.length < 3
            ? ({ id: 'people', to: '/people' } as const)
            : ({ id: 'well', to: '/log' } as const);
  return (
    <NextStep
      title={t(`admin.${task.id}.title`)}
      text={t(`admin.${task.id}.text`)}
      act={{ label: t(`admin.${task.id}.act`), to: task.to }}
    />
  );
}
