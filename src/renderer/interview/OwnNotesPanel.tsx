import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStation } from '../app/client.ts';
import { Panel, SentenceError, useAct, useAsk, useFormat } from '../ui/index.ts';

/** The reader's own notes of an interview; nothing where there are none. */
export function OwnNotesPanel({ interview }: { readonly interview: string }) {
  const { t } = useTranslation('interview');
  const { clock, dateTime } = useFormat();
  const station = useStation();
  const asked = useAsk(`ownNotes/${interview}`, (client) => client.conducting.ownNotes({ interview }));
  const drop = useAct(async (note: string) => {
    await station.conducting.dropNote({ interview, note });
    asked.again();
  });
  const notes = asked.data ?? [];
  if (notes.length === 0) return null;
  return (
    <Panel title={t('ownNotes.title')}>
      <p className="br-soft">{t('note.text.own')}</p>
      <SentenceError trouble={drop.trouble} />
      <ul className="br-rows">
        {notes.map(({ id, atMs, at, text }) => (
          <li className="br-row" key={id}>
            <div className="br-row-words">
              <div className="br-soft br-num">{atMs === null ? dateTime(at) : clock(atMs)}</div>
              <div className="br-own-note">{text ?? t('ownNotes.closed')}</div>
            </div>
            <Button variant="subtle" size="compact-md" onClick={() => void drop.run(id)}>
              {t('ownNotes.drop')}
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
