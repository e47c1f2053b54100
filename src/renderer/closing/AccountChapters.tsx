import { Button, Textarea } from '@mantine/core';
import { type ChangeEvent, type RefObject, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProtocolDraft } from '../../shared/contract/protocol.ts';
import { piecesOfText, timeMark } from '../../shared/domain/transcript.ts';
import { usePhase } from '../ui/player/index.ts';

type Chapters = ProtocolDraft['account'];

/** Puts a moment where the caret last stood. */
export interface TimeInserter {
  readonly insert: (atMs: number) => void;
}

interface AccountProps {
  readonly chapters: Chapters;
  readonly onChange: (chapters: Chapters) => void;
  readonly onSeek: (atMs: number) => void;
  readonly inserter: RefObject<TimeInserter | null>;
}

/** The account in the first person, a field a chapter; references to moments stand under it as buttons. */
export function AccountChapters({ chapters, onChange, onSeek, inserter }: AccountProps) {
  const { t } = useTranslation('closing');
  const phase = usePhase();
  const last = useRef<{ index: number; field: HTMLTextAreaElement } | null>(null);
  const write = (index: number, text: string) =>
    onChange(chapters.map((chapter, at) => (at === index ? { ...chapter, text } : chapter)));
  inserter.current = {
    insert: (atMs) => {
      const index = last.current?.index ?? 0;
      const before = chapters[index]?.text;
      if (before === undefined) return;
      const field = last.current?.field ?? null;
      const caret = field?.selectionStart ?? before.length;
      const mark = `${caret > 0 && !/\s$/.test(before.slice(0, caret)) ? ' ' : ''}[${timeMark(atMs)}] `;
      write(index, before.slice(0, caret) + mark + before.slice(field?.selectionEnd ?? caret));
      requestAnimationFrame(() => {
        field?.focus();
        field?.setSelectionRange(caret + mark.length, caret + mark.length);
      });
    },
  };
  return chapters.map(({ atMs, phase: label, text }, index) => {
    const name = label === '' ? t('account.whole') : phase(label);
    const marks = piecesOfText(text).flatMap((piece) => (piece.atMs === null ? [] : [piece.atMs]));
    return (
      <div className="br-chapter" key={`${atMs} ${label}`}>
        <div className="br-chapter-head">
          <Button
            variant="subtle"
            size="compact-md"
            className="br-num"
            onClick={() => onSeek(atMs)}
            aria-label={t('account.jump', { time: timeMark(atMs) })}
          >
            [{timeMark(atMs)}]
          </Button>
          <strong>{name}</strong>
        </div>
        <Textarea
          aria-label={name}
          autosize
          minRows={3}
          maxRows={18}
          maxLength={20_000}
          value={text}
          onFocus={(event) => {
            last.current = { index, field: event.currentTarget };
          }}
          onChange={(event: ChangeEvent<HTMLTextAreaElement>) => write(index, event.currentTarget.value)}
        />
        {marks.length === 0 ? null : (
          <div className="br-chips">
            {[...new Set(marks)].map((mark) => (
              <Button key={mark} size="compact-sm" variant="default" className="br-num" onClick={() => onSeek(mark)}>
                {timeMark(mark)}
              </Button>
            ))}
          </div>
        )}
      </div>
    );
  });
}
