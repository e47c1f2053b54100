import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimestampAuthority } from '../../shared/contract/timestamps.ts';
import { useStation } from '../app/client.ts';
import { EmptyState, Panel, SentenceError, useAct } from '../ui/index.ts';
import { AuthorityFields } from './AuthorityFields.tsx';

const MOST = 5;

export interface AuthoritiesFormProps {
  readonly authorities: readonly TimestampAuthority[];
  readonly changed: () => void;
}

interface Draft extends TimestampAuthority {
  /** Tells the rows apart while they are typed. */
  readonly row: number;
}

/** The authorities in the order in which they are asked: typed, tested, kept. */
export function AuthoritiesForm({ authorities, changed }: AuthoritiesFormProps) {
  const { t } = useTranslation('time');
  const station = useStation();
  const [drafts, setDrafts] = useState<readonly Draft[]>(authorities.map((one, row) => ({ ...one, row })));
  const save = useAct(async () => {
    const given = drafts.map(({ address, policy, rootPem }) => ({ address: address.trim(), policy, rootPem }));
    await station.timestamps.setAuthorities({ authorities: given.filter(({ address }) => address !== '') });
    changed();
  });
  const add = () =>
    setDrafts([
      ...drafts,
      { address: '', policy: null, rootPem: null, row: 1 + Math.max(-1, ...drafts.map(({ row }) => row)) },
    ]);
  return (
    <Panel title={t('authorities.title')}>
      <form
        className="br-form"
        onSubmit={(event) => {
          event.preventDefault();
          void save.run();
        }}
      >
        <p className="br-soft">{t('authorities.lead')}</p>
        {drafts.length === 0 ? <EmptyState>{t('authorities.none')}</EmptyState> : null}
        {drafts.map((draft, index) => (
          <AuthorityFields
            key={draft.row}
            number={index + 1}
            value={draft}
            onChange={(value) =>
              setDrafts(drafts.map((one) => (one.row === draft.row ? { ...value, row: one.row } : one)))
            }
            onRemove={() => setDrafts(drafts.filter(({ row }) => row !== draft.row))}
          />
        ))}
        <SentenceError trouble={save.trouble} />
        <div className="br-form-end">
          <Button variant="default" onClick={add} disabled={drafts.length >= MOST}>
            {t('authorities.add')}
          </Button>
          <Button type="submit" loading={save.busy}>
            {t('authorities.save')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
