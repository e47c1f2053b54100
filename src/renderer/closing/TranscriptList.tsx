import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Cue, cueAt, timeMark } from '../../shared/domain/transcript.ts';
import './closing.css';

interface TranscriptListProps {
  readonly cues: readonly Cue[];
  readonly atMs: number;
  readonly onSeek: (atMs: number) => void;
}

/** A filed transcript beside its recording: search in it, jump by it; what is spoken now is marked. Markup is shown as its letters. */
export function TranscriptList({ cues, atMs, onSeek }: TranscriptListProps) {
  const { t } = useTranslation('closing');
  const [sought, setSought] = useState('');
  const words = sought.trim().toLocaleLowerCase();
  const now = cues[cueAt(cues, atMs)];
  const found = cues.filter(
    ({ text, speaker }) => words === '' || `${speaker ?? ''} ${text}`.toLocaleLowerCase().includes(words),
  );
  return (
    <>
      <TextInput
        type="search"
        aria-label={t('transcript.search')}
        placeholder={t('transcript.search')}
        value={sought}
        onChange={(event) => setSought(event.currentTarget.value)}
      />
      {words === '' ? null : (
        <p className="br-soft" role="status">
          {found.length === 0 ? t('transcript.nothing') : t('transcript.found', { count: found.length })}
        </p>
      )}
      <ol className="br-jumps">
        {found.map((cue) => (
          <li key={`${cue.fromMs} ${cue.text}`}>
            <button
              type="button"
              onClick={() => onSeek(cue.fromMs ?? 0)}
              aria-current={cue === now ? 'true' : undefined}
            >
              <span className="br-soft br-num">{timeMark(cue.fromMs ?? 0)}</span>
              <span>
                {cue.speaker === null ? null : <strong>{cue.speaker}: </strong>}
                {cue.text}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}
