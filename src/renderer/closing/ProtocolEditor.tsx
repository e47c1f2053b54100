import { Button, Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../shared/contract/common.ts';
import type { ProtocolDraft, ProtocolSection, ProtocolView } from '../../shared/contract/protocol.ts';
import { useStation } from '../app/client.ts';
import { Panel, SentenceError, useAct, useFormat } from '../ui/index.ts';
import { AccountChapters, type TimeInserter } from './AccountChapters.tsx';
import { Beside, type BesideHandle } from './Beside.tsx';
import { PaperDialog } from './PaperDialog.tsx';
import { PaperJob } from './PaperJob.tsx';
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
  const { dateTime } = useFormat();
  const station = useStation();
  const { exhibit } = view;
  const [asking, setAsking] = useState(false);
  const [job, setJob] = useState<string | null>(null);
  const [filed, setFiled] = useState(view.filed);
  const open = value.remarks.filter(({ said, text }) => said === 'open' || (said === 'text' && text.trim() === ''));
  const file = useAct(async () => {
    const kept = await flush();
    if (kept === null) return;
    setJob((await station.protocol.file({ exhibit, language, version: kept })).job);
  });
  const missing =
    open.length > 0
      ? t('file.remarks', { count: open.length })
      : value.complete === null
        ? t('file.complete')
        : version === 0
          ? t('file.nothing')
          : null;
  return (
    <Panel title={t('file.title')}>
      <p className="br-soft">{t('file.text')}</p>
      {view.unanswered === 0 ? null : <p className="br-note">{t('file.unanswered', { count: view.unanswered })}</p>}
      {filed.map(({ n, at }) => (
        <p className="br-soft" key={n}>
          {t('file.filed', { n, at: dateTime(at) })}
        </p>
      ))}
      {job === null ? null : <PaperJob key={job} job={job} onFiled={(one) => setFiled((all) => [...all, one])} />}
      <SentenceError trouble={file.trouble} />
      {missing === null ? null : <p className="br-soft">{missing}</p>}
      <div className="br-chips">
        <Button onClick={() => void file.run()} loading={file.busy} disabled={missing !== null}>
          {t('file.act')}
        </Button>
        <Button variant="default" onClick={() => setAsking(true)}>
          {t('paper.act')}
        </Button>
      </div>
      {asking ? (
        <PaperDialog
          title={t('paper.act')}
          language={language}
          forms={(['pdf', 'txt', 'html'] as const).map((form) => ({ value: form, label: t(`paper.${form}`) }))}
          onClose={() => setAsking(false)}
          onStart={async ({ form, ...request }) => {
            if ((await flush()) === null) return;
            const chosen = form === 'txt' || form === 'html' ? form : 'pdf';
            setJob((await station.protocol.write({ exhibit, form: chosen, ...request })).job);
            setAsking(false);
          }}
        />
      ) : null}
    </Panel>
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
