import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Language } from '../../shared/contract/common.ts';
import type { TranscriptView } from '../../shared/contract/transcripts.ts';
import { type Cue, cueAt, cueTroubles } from '../../shared/domain/transcript.ts';
import { useStation } from '../app/client.ts';
import { Panel } from '../ui/index.ts';
import { Beside, type BesideHandle } from './Beside.tsx';
import { CueRow } from './CueRow.tsx';
import { FilePanel } from './FilePanel.tsx';
import { ImportTranscript } from './ImportTranscript.tsx';
import { PedalKeysButton } from './PedalKeysButton.tsx';
import { SavedLine } from './SavedLine.tsx';
import { useDraft } from './useDraft.ts';

interface EditorProps {
  readonly view: TranscriptView;
  readonly language: string;
}

const empty: Cue = { fromMs: null, toMs: null, speaker: null, text: '' };

/** Typing and playing together: lines with their times on the left, the recording on the right. */
export function TranscriptEditor({ view, language }: EditorProps) {
  const { t } = useTranslation('closing');
  const station = useStation();
  const { exhibit, durationMs } = view;
  const draft = useDraft({ value: view.cues, saved: view.saved }, (base, cues) =>
    station.transcripts.save({ exhibit, base, cues }),
  );
  const beside = useRef<BesideHandle>(null);
  const focused = useRef(-1);
  const [atMs, setAtMs] = useState(0);
  const cues = draft.value;
  const troubles = useMemo(() => cueTroubles(cues, durationMs), [cues, durationMs]);
  const current = cueAt(cues, atMs);
  const change = (index: number, part: Partial<Cue>) =>
    draft.change(cues.map((cue, at) => (at === index ? { ...cue, ...part } : cue)));
  /** A line after this one, at the moment that plays; its speaker is the one before the last. */
  const add = (after: number) => {
    const fromMs = Math.round(beside.current?.atMs() ?? 0);
    const speaker = cues[after - 1]?.speaker ?? null;
    draft.change([...cues.slice(0, after + 1), { ...empty, fromMs, speaker }, ...cues.slice(after + 1)]);
    requestAnimationFrame(() => document.getElementById(`cue-${after + 1}`)?.focus());
  };
  const setTime = (ms: number) => {
    const index = focused.current;
    if (index < 0 || index >= cues.length) add(cues.length - 1);
    else change(index, { fromMs: Math.round(ms) });
  };
  return (
    <div className="br-closing">
      <div className="br-closing-texts">
        <Panel title={t('transcript.lines')} aside={<SavedLine draft={draft} />}>
          <p className="br-soft">{t('transcript.hint')}</p>
          <ImportTranscript empty={cues.length === 0} onImport={(read) => draft.change([...cues, ...read])} />
          {cues.length === 0 ? <p>{t('transcript.none')}</p> : null}
          <ol className="br-cues">
            {cues.map((cue, index) => (
              <CueRow
                // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name of their own, and keep their field while typing
                key={index}
                id={`cue-${index}`}
                number={index + 1}
                cue={cue}
                trouble={troubles.find((one) => one.cue === index)?.what ?? null}
                current={index === current}
                onFocus={() => {
                  focused.current = index;
                }}
                onChange={(part) => change(index, part)}
                onRemove={() => draft.change(cues.filter((_, at) => at !== index))}
                onAfter={() => add(index)}
                onSeek={(ms) => beside.current?.seek(ms)}
                now={() => Math.round(beside.current?.atMs() ?? 0)}
              />
            ))}
          </ol>
          <div>
            <Button
              variant="default"
              leftSection={<IconPlus aria-hidden size={18} />}
              onClick={() => add(cues.length - 1)}
            >
              {t('transcript.add')}
            </Button>
          </div>
        </Panel>
        <Finish
          view={view}
          language={language}
          flush={draft.flush}
          version={draft.saved?.version ?? 0}
          wrong={troubles.filter(({ what }) => what !== 'overlap').length}
        />
      </div>
      <Beside exhibit={exhibit} handle={beside} onTime={setTime} onMoment={setAtMs}>
        <PedalKeysButton />
      </Beside>
    </div>
  );
}

interface FinishProps {
  readonly view: TranscriptView;
  readonly language: string;
  readonly version: number;
  readonly wrong: number;
  readonly flush: () => Promise<number | null>;
}

/** Out of the editor: as a WebVTT file, and filed with the exhibit, where hearings show it. */
function Finish({ view, language, version, wrong, flush }: FinishProps) {
  const { t } = useTranslation('closing');
  const station = useStation();
  const { exhibit } = view;
  const spoken = Language.safeParse(language);
  const ready = wrong === 0 && version > 0;
  return (
    <FilePanel
      title={t('transcript.file')}
      text={t('transcript.fileText')}
      filed={view.filed}
      ready={ready}
      flush={flush}
      onFile={(kept) =>
        station.transcripts.file({ exhibit, version: kept, language: spoken.success ? spoken.data : 'kk' })
      }
      write={{
        title: t('transcript.write'),
        language: null,
        forms: [],
        ready,
        onStart: ({ folder, name }) => station.transcripts.write({ exhibit, folder, name }),
      }}
    >
      {wrong === 0 ? null : <p className="br-note">{t('transcript.wrong', { count: wrong })}</p>}
    </FilePanel>
  );
}
