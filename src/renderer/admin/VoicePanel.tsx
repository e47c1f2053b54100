import { Button, FileButton, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VoiceLine } from '../../shared/contract/tablet.ts';
import { type LanguageId, languages } from '../../shared/i18n/index.ts';
import { useStation } from '../app/client.ts';
import { useSettings } from '../app/settings.ts';
import { Asking, Panel, SentenceError, StateChip, useAct, useAsk, useFormat } from '../ui/index.ts';

const LONGEST = 1024 * 1024;

/** What the child's tablet says, language by language: to listen to, and to put a person's voice in place of the machine's. */
export function VoicePanel() {
  const { t } = useTranslation('child');
  const { bytes } = useFormat();
  const own = useSettings((settings) => settings.language);
  const [language, setLanguage] = useState<LanguageId>(own);
  const asked = useAsk('voices', (station) => station.tablet.voices(), null);
  return (
    <Panel title={t('voices.title')}>
      <p className="br-soft">{t('voices.lead')}</p>
      <SegmentedControl
        aria-label={t('voices.language')}
        value={language}
        onChange={(value) => setLanguage(languages.find(({ id }) => id === value)?.id ?? language)}
        data={languages.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Asking asked={asked}>
        {(lines) => (
          <ul className="br-rows" aria-label={t('voices.title')}>
            {lines
              .filter((line) => line.language === language)
              .map((line) => (
                <VoiceRow key={`${language}/${line.said}`} line={line} changed={asked.again} />
              ))}
          </ul>
        )}
      </Asking>
      <p className="br-soft">{t('voices.accepted', { size: bytes(LONGEST) })}</p>
    </Panel>
  );
}

function VoiceRow({ line, changed }: { readonly line: VoiceLine; readonly changed: () => void }) {
  const { t } = useTranslation('child');
  const station = useStation();
  const { language, said, words, kind, sha256 } = line;
  const [silent, setSilent] = useState(false);
  const put = useAct(async (content: File) => {
    await station.tablet.setVoice({ language, said, content });
    changed();
  });
  const reset = useAct(async () => {
    await station.tablet.resetVoice({ language, said });
    changed();
  });
  const listen = () => {
    setSilent(false);
    new Audio(`/voice/${language}/${said}?v=${sha256}`).play().catch(() => setSilent(true));
  };
  return (
    <li className="br-row">
      <div className="br-row-words">
        <strong lang={language}>{words}</strong>
        {silent ? (
          <div className="br-soft" role="status">
            {t('voices.silent')}
          </div>
        ) : null}
        <SentenceError trouble={put.trouble ?? reset.trouble} />
      </div>
      <div className="br-row-aside">
        <StateChip tone={kind === 'recorded' ? 'good' : 'quiet'}>{t(`voices.${kind}`)}</StateChip>
        <Button variant="default" size="compact-md" onClick={listen} aria-label={t('voices.listenOne', { words })}>
          {t('voices.listen')}
        </Button>
        <FileButton
          accept="audio/wav,audio/mpeg,audio/ogg,.wav,.mp3,.ogg"
          onChange={(file) => (file === null ? undefined : void put.run(file))}
        >
          {(props) => (
            <Button
              {...props}
              variant="default"
              size="compact-md"
              loading={put.busy}
              aria-label={t('voices.replaceOne', { words })}
            >
              {t('voices.replace')}
            </Button>
          )}
        </FileButton>
        {kind === 'recorded' ? (
          <Button
            variant="subtle"
            size="compact-md"
            loading={reset.busy}
            onClick={() => void reset.run()}
            aria-label={t('voices.resetOne', { words })}
          >
            {t('voices.reset')}
          </Button>
        ) : null}
      </div>
    </li>
  );
}
