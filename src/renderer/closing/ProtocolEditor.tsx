import { Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../shared/contract/common.ts';
import type { ProtocolDraft, ProtocolSection, ProtocolView } from '../../shared/contract/protocol.ts';
import { useStation } from '../app/client.ts';
import { Panel } from '../ui/index.ts';
import { AccountChapters, type TimeInserter } from './AccountChapters.tsx';
import { Beside, type BesideHandle } from './Beside.tsx';
import { FilePanel } from './FilePanel.tsx';
import { PedalKeysButton } from './PedalKeysButton.tsx';
import { Remarks, useWho } from './Remarks.tsx';
import { SavedLine } from './SavedLine.tsx';
import { useDraft } from './useDraft.ts';

interface EditorProps {
  readonly view: ProtocolView;
  readonly language: Language;
}

/** What people write of a protocol on the left; the recording, and what the record tells by itself, on the right. */
export function ProtocolEditor({ view, language }: EditorProps) {
  const { t } = useTranslation('closing');
  const station = useStation();
  const { exhibit } = view;
  const draft = useDraft({ value: view.draft, saved: view.saved }, (base, value) =>
    station.protocol.save({ exhibit, base, draft: value }),
  );
  const beside = useRef<BesideHandle>(null);
  const inserter = useRef<TimeInserter | null>(null);
  const { value } = draft;
  const change = (part: Partial<ProtocolDraft>) => draft.change({ ...value, ...part });
  const seek = (atMs: number) => beside.current?.seek(atMs);
  return (
    <div className="br-closing">
      <div className="br-closing-texts">
        <Panel title={t('account.title')} aside={<SavedLine draft={draft} />}>
          <p className="br-soft">{t('account.hint')}</p>
          <AccountChapters
            chapters={value.account}
            onChange={(account) => change({ account })}
            onSeek={seek}
            inserter={inserter}
          />
        </Panel>
        <Panel title={t('more.title')}>
          <TextInput
            label={t('more.place')}
            value={value.place}
            maxLength={300}
            onChange={(event) => change({ place: event.currentTarget.value })}
          />
          <Textarea
            label={t('more.rights')}
            autosize
            minRows={2}
            maxLength={4000}
            value={value.rights}
            onChange={(event) => change({ rights: event.currentTarget.value })}
          />
          <Textarea
            label={t('more.objects')}
            autosize
            minRows={2}
            maxLength={4000}
            value={value.objects}
            onChange={(event) => change({ objects: event.currentTarget.value })}
          />
        </Panel>
        <Panel title={t('remarks.title')}>
          <p className="br-soft">{t('remarks.hint')}</p>
          <Remarks people={view.people} remarks={value.remarks} onChange={(remarks) => change({ remarks })} />
          <Complete view={view} value={value} onChange={change} />
        </Panel>
        <Finish view={view} value={value} language={language} flush={draft.flush} version={draft.saved?.version ?? 0} />
      </div>
      <Beside exhibit={exhibit} handle={beside} onTime={(atMs) => inserter.current?.insert(atMs)}>
        <PedalKeysButton />
        <Told sections={view.sections} />
      </Beside>
    </div>
  );
}

interface CompleteProps {
  readonly view: ProtocolView;
  readonly value: ProtocolDraft;
  readonly onChange: (part: Partial<ProtocolDraft>) => void;
}

/** That the record is complete, stated by somebody who was there. */
function Complete({ view, value, onChange }: CompleteProps) {
  const { t } = useTranslation('closing');
  const who = useWho(view.people);
  const { complete } = value;
  const by = complete?.by ?? 'officer';
  return (
    <div className="br-complete">
      <Checkbox
        size="md"
        label={t('complete.says')}
        checked={complete !== null}
        onChange={(event) => onChange({ complete: event.currentTarget.checked ? { by, at: null } : null })}
      />
      <Select
        label={t('complete.by')}
        value={by}
        disabled={complete === null}
        allowDeselect={false}
        data={view.people.map(({ code }) => ({ value: code, label: who(code) }))}
        onChange={(code) => onChange({ complete: { by: code ?? 'officer', at: null } })}
      />
    </div>
  );
}

interface FinishProps {
  readonly view: ProtocolView;
  readonly value: ProtocolDraft;
  readonly language: Language;
  readonly version: number;
  readonly flush: () => Promise<number | null>;
}

/** Out of the editor: as a paper to sign, and filed with the exhibit. */
function Finish({ view, value, language, flush, version }: FinishProps) {
  const { t } = useTranslation('closing');
  const station = useStation();
  const { exhibit } = view;
  const open = value.remarks.filter(({ said, text }) => said === 'open' || (said === 'text' && text.trim() === ''));
  const missing =
    open.length > 0
      ? t('file.remarks', { count: open.length })
      : value.complete === null
        ? t('file.complete')
        : version === 0
          ? t('file.nothing')
          : null;
  return (
    <FilePanel
      title={t('file.title')}
      text={t('file.text')}
      filed={view.filed}
      ready={missing === null}
      flush={flush}
      onFile={(kept) => station.protocol.file({ exhibit, language, version: kept })}
      write={{
        title: t('paper.act'),
        language,
        forms: (['pdf', 'txt', 'html'] as const).map((form) => ({ value: form, label: t(`paper.${form}`) })),
        ready: true,
        onStart: ({ form, ...request }) => {
          const chosen = form === 'txt' || form === 'html' ? form : 'pdf';
          return station.protocol.write({ exhibit, form: chosen, ...request });
        },
      }}
    >
      {view.unanswered === 0 ? null : <p className="br-note">{t('file.unanswered', { count: view.unanswered })}</p>}
      {missing === null ? null : <p className="br-soft">{missing}</p>}
    </FilePanel>
  );
}

/** What the record tells by itself, as it will stand on the paper. */
function Told({ sections }: { readonly sections: readonly ProtocolSection[] }) {
  return sections.map(({ id, title, lines }) => (
    <details key={id} className="br-told">
      <summary>{title}</summary>
      <ul>
        {[...new Set(lines)].map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </details>
  ));
}
