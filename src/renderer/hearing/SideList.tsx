import { Button, Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Playback } from '../../shared/contract/hearings.ts';
import { TranscriptList } from '../closing/TranscriptList.tsx';
import { useAsk, useFormat } from '../ui/index.ts';
import { chaptersOf, momentsOf, usePhase } from '../ui/player/index.ts';
import { useMomentWords } from './useMomentWords.ts';

export interface SideListProps {
  readonly playback: Playback;
  readonly atMs: number;
  readonly onSeek: (atMs: number) => void;
  readonly onOthers: (() => void) | null;
  /** Whether this window is kept out of screen captures. */
  readonly guarded: boolean;
  /** The hearing's own acts. */
  readonly children: ReactNode;
}

/** Chapters and moments of the recording as lists to jump by; what plays now is marked. */
export function SideList({ playback, atMs, onSeek, onOthers, guarded, children }: SideListProps) {
  const { t } = useTranslation(['hearing', 'closing']);
  const { number } = playback.exhibit;
  const filed = useAsk(`filed transcript ${number}`, (station) => station.transcripts.filed({ exhibit: number })).data;
  const phase = usePhase();
  const words = useMomentWords();
  const { exact } = useFormat();
  const chapters = chaptersOf(playback.timeline, playback.durationMs);
  const moments = momentsOf(playback.timeline);
  const signers = playback.sealed.by.map(({ role, name }) => (role === 'station' ? t('station') : name)).join(', ');
  return (
    <aside className="br-side" aria-label={t('list.label')}>
      <Tabs defaultValue={chapters.length > 0 ? 'chapters' : 'moments'} variant="pills" className="br-side-tabs">
        <Tabs.List>
          <Tabs.Tab value="chapters">{t('list.chapters')}</Tabs.Tab>
          <Tabs.Tab value="moments">{t('list.moments')}</Tabs.Tab>
          {filed === null ? null : <Tabs.Tab value="transcript">{t('closing:transcript.title')}</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="chapters">
          <Jumps
            none={t('list.chaptersNone')}
            rows={chapters.map((one) => ({ key: `${one.fromMs}`, atMs: one.fromMs, words: phase(one.phase) }))}
            atMs={atMs}
            onSeek={onSeek}
          />
        </Tabs.Panel>
        <Tabs.Panel value="moments">
          <Jumps
            none={t('list.momentsNone')}
            rows={moments.map(({ key, atMs: at, entry }) => ({ key, atMs: at, words: words(entry) }))}
            atMs={atMs}
            onSeek={onSeek}
          />
        </Tabs.Panel>
        {filed === null ? null : (
          <Tabs.Panel value="transcript">
            <TranscriptList cues={filed.cues} atMs={atMs} onSeek={onSeek} />
          </Tabs.Panel>
        )}
      </Tabs>
      <div className="br-side-foot">
        <p className="br-soft">{t('signed', { at: exact(playback.sealed.at), by: signers })}</p>
        {guarded ? null : <p className="br-soft">{t('protect.none')}</p>}
        <div className="br-side-acts">
          {children}
          {onOthers === null ? null : (
            <Button variant="subtle" size="compact-md" onClick={onOthers}>
              {t('others')}
            </Button>
          )}
        </div>
      </div>
    </aside>
  );
}

interface JumpsProps {
  readonly rows: readonly { readonly key: string; readonly atMs: number; readonly words: string }[];
  readonly none: string;
  readonly atMs: number;
  readonly onSeek: (atMs: number) => void;
}

function Jumps({ rows, none, atMs, onSeek }: JumpsProps) {
  const { clock } = useFormat();
  if (rows.length === 0) return <p className="br-soft br-side-none">{none}</p>;
  const now = rows.findLast((row) => row.atMs <= atMs + 100);
  return (
    <ol className="br-jumps">
      {rows.map((row) => (
        <li key={row.key}>
          <button type="button" onClick={() => onSeek(row.atMs)} aria-current={row === now ? 'true' : undefined}>
            <span className="br-soft br-num">{clock(row.atMs)}</span>
            <span>{row.words}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
