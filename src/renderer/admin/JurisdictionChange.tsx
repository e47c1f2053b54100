import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JurisdictionChoice } from '../../shared/contract/jurisdiction.ts';
import type { JurisdictionProfile } from '../../shared/domain/jurisdiction.ts';
import { useStation } from '../app/client.ts';
import { useSettings } from '../app/settings.ts';
import { Asking, ConfirmDialog, Panel, PathField, SentenceError, StateChip, useAct, useAsk } from '../ui/index.ts';
import { UnconfirmedChip } from './JurisdictionRules.tsx';

/** What would be put in force: a file that was read, or one of the profiles that the station has (`path` null). */
interface Chosen extends Pick<JurisdictionProfile, 'name' | 'version'> {
  readonly path: string | null;
  readonly sha256: string;
}

export interface JurisdictionChangeProps {
  /** Of the profile in force; null while that is not known. */
  readonly sha256: string | null;
  readonly changed: () => void;
}

/** Other rules: out of the station's own, or out of a file that is read first. */
export function JurisdictionChange({ sha256, changed }: JurisdictionChangeProps) {
  const { t } = useTranslation('jurisdiction');
  const station = useStation();
  const language = useSettings((settings) => settings.language);
  const asked = useAsk(`rules to choose ${sha256}`, (client) => client.jurisdiction.choices());
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const adopt = useAct(async () => {
    if (chosen === null) return;
    await station.jurisdiction.adopt({ path: chosen.path, sha256: chosen.sha256 });
    setChosen(null);
    changed();
  });
  const close = () => {
    setChosen(null);
    adopt.clear();
  };
  return (
    <Panel title={t('change.title')}>
      <p className="br-soft">{t('change.lead')}</p>
      <Asking asked={asked}>
        {(choices) => (
          <ul className="br-rows" aria-label={t('change.known')}>
            {choices.map((choice) => (
              <ChoiceRow
                key={choice.sha256}
                choice={choice}
                choose={() => setChosen({ path: null, ...choice })}
                language={language}
              />
            ))}
          </ul>
        )}
      </Asking>
      <FileForm inForce={sha256} choose={setChosen} />
      <ConfirmDialog
        opened={chosen !== null}
        title={t('change.confirmTitle')}
        text={chosen === null ? '' : t('change.confirmText', { name: chosen.name[language], version: chosen.version })}
        confirm={t('change.act')}
        onConfirm={() => void adopt.run()}
        onClose={close}
        busy={adopt.busy}
        trouble={adopt.trouble}
      />
    </Panel>
  );
}

function ChoiceRow(props: {
  readonly choice: JurisdictionChoice;
  readonly choose: () => void;
  readonly language: 'kk' | 'ru' | 'en';
}) {
  const { t } = useTranslation('jurisdiction');
  const { choice, choose, language } = props;
  const name = `${choice.name[language]}, ${choice.version}`;
  return (
    <li className="br-row">
      <div className="br-row-words">
        <strong>{name}</strong>
        <div className="br-soft">{t(`change.origin.${choice.origin}`)}</div>
      </div>
      <div className="br-row-aside">
        {choice.inForce ? (
          <StateChip tone="good">{t('change.now')}</StateChip>
        ) : (
          <Button variant="default" size="sm" onClick={choose} aria-label={`${t('change.choose')} ${name}`}>
            {t('change.choose')}
          </Button>
        )}
      </div>
    </li>
  );
}

/** Reads a file; what is wrong with it is said in words, what is right with it shown before it is put in force. */
function FileForm(props: { readonly inForce: string | null; readonly choose: (chosen: Chosen) => void }) {
  const { t } = useTranslation('jurisdiction');
  const station = useStation();
  const language = useSettings((settings) => settings.language);
  const [path, setPath] = useState('');
  const [found, setFound] = useState<{ path: string; sha256: string; profile: JurisdictionProfile } | null>(null);
  const read = useAct(async () => {
    setFound(null);
    const file = path.trim();
    setFound({ path: file, ...(await station.jurisdiction.look({ path: file })) });
  });
  return (
    <form
      className="br-form"
      onSubmit={(event) => {
        event.preventDefault();
        void read.run();
      }}
    >
      <PathField
        what="file"
        label={t('change.file')}
        description={t('change.fileHint')}
        value={path}
        onChange={(next) => {
          setPath(next);
          setFound(null);
          read.clear();
        }}
      />
      <SentenceError trouble={read.trouble} />
      {found === null ? null : (
        <div className="br-note br-found-rules" role="status">
          <span>{t('change.good', { name: found.profile.name[language], version: found.profile.version })}</span>
          {found.sha256 === props.inForce ? (
            <StateChip tone="good">{t('change.sameFile')}</StateChip>
          ) : (
            <UnconfirmedChip profile={found.profile} />
          )}
        </div>
      )}
      <div className="br-form-end">
        <Button type="submit" variant="default" loading={read.busy} disabled={path.trim() === ''}>
          {t('change.read')}
        </Button>
        {found === null || found.sha256 === props.inForce ? null : (
          <Button onClick={() => props.choose({ path: found.path, sha256: found.sha256, ...found.profile })}>
            {t('change.choose')}
          </Button>
        )}
      </div>
    </form>
  );
}
