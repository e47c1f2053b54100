import { ActionIcon, Button, Textarea, TextInput } from '@mantine/core';
import { IconClockEdit, IconTrash } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Cue, type CueTrouble, timeMark } from '../../shared/domain/transcript.ts';

interface CueRowProps {
  readonly id: string;
  readonly number: number;
  readonly cue: Cue;
  readonly trouble: CueTrouble['what'] | null;
  /** Spoken at the moment that plays. */
  readonly current: boolean;
  readonly onFocus: () => void;
  readonly onChange: (part: Partial<Cue>) => void;
  readonly onRemove: () => void;
  /** A new line after this one. */
  readonly onAfter: () => void;
  readonly onSeek: (atMs: number) => void;
  readonly now: () => number;
}

/** One line of a transcript: when, who, what. Enter begins the next; Shift and Enter break the line. */
export const CueRow = memo(Row, (before, after) => {
  const { cue, trouble, current, number } = after;
  return (
    before.cue === cue &&
    before.trouble === trouble &&
    before.current === current &&
    before.number === number &&
    !current
  );
});

function Row(props: CueRowProps) {
  const { t } = useTranslation('closing');
  const { cue, number, trouble, current } = props;
  return (
    <li className="br-cue" data-current={current ? 'true' : undefined} aria-current={current ? 'true' : undefined}>
      <div className="br-cue-time">
        {cue.fromMs === null ? (
          <span className="br-soft">{t('transcript.noTime')}</span>
        ) : (
          <Button
            variant="subtle"
            size="compact-md"
            className="br-num"
            aria-label={t('account.jump', { time: timeMark(cue.fromMs) })}
            onClick={() => props.onSeek(cue.fromMs ?? 0)}
          >
            {timeMark(cue.fromMs)}
          </Button>
        )}
        <ActionIcon
          variant="subtle"
          size="lg"
          aria-label={t('transcript.setTime', { number })}
          onClick={() => props.onChange({ fromMs: props.now(), toMs: null })}
        >
          <IconClockEdit aria-hidden size={18} />
        </ActionIcon>
      </div>
      <TextInput
        aria-label={t('transcript.speaker', { number })}
        placeholder={t('transcript.who')}
        value={cue.speaker ?? ''}
        maxLength={40}
        onFocus={props.onFocus}
        onChange={(event) => {
          const typed = event.currentTarget.value;
          props.onChange({ speaker: typed === '' ? null : typed });
        }}
      />
      <div>
        <Textarea
          id={props.id}
          aria-label={t('transcript.words', { number })}
          autosize
          minRows={1}
          maxLength={4000}
          value={cue.text}
          onFocus={props.onFocus}
          onChange={(event) => props.onChange({ text: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            props.onAfter();
          }}
        />
        {trouble === null ? null : <p className="br-cue-trouble">{t(`transcript.trouble.${trouble}`)}</p>}
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t('transcript.remove', { number })}
        onClick={props.onRemove}
      >
        <IconTrash aria-hidden size={18} />
      </ActionIcon>
    </li>
  );
}
