import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attachment } from '../../shared/contract/attachments.ts';
import type { Exhibit } from '../../shared/contract/exhibits.ts';
import type { Role } from '../../shared/domain/roles.ts';
import { useStation } from '../app/client.ts';
import {
  Asking,
  EmptyState,
  FormDialog,
  NamesOfCase,
  Panel,
  StateChip,
  useAct,
  useAsk,
  useFormat,
} from '../ui/index.ts';
import { AddFilesDialog } from './AddFilesDialog.tsx';
import './archive.css';
import { FileLine } from './FileLine.tsx';
import { ReasonField } from './ReasonField.tsx';

export interface BesidePanelProps {
  readonly exhibit: Exhibit;
  readonly role: Role | undefined;
  readonly onChange: () => void;
}

/** What lies beside the recording: files that were signed with it, and what was added after the seal, each signed by itself. */
export function BesidePanel({ exhibit, role, onChange }: BesidePanelProps) {
  const { t } = useTranslation('supplements');
  const sealed = exhibit.state === 'sealed';
  return (
    <NamesOfCase caseId={exhibit.caseId}>
      <Panel title={t('title')}>
        <Attached exhibit={exhibit.number} open={!sealed && role === 'investigator'} onChange={onChange} />
        {sealed ? <Added exhibit={exhibit.number} onChange={onChange} /> : null}
      </Panel>
    </NamesOfCase>
  );
}

interface PartProps {
  readonly exhibit: string;
  readonly onChange: () => void;
}

function Attached({ exhibit, open, onChange }: PartProps & { readonly open: boolean }) {
  const { t } = useTranslation('supplements');
  const { dateTime, bytes } = useFormat();
  const station = useStation();
  const asked = useAsk(`attachments ${exhibit}`, (client) => client.attachments.list({ exhibit }));
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Attachment | null>(null);
  const [reason, setReason] = useState('');
  const changed = () => {
    asked.again();
    onChange();
  };
  const remove = useAct(async (file: string) => {
    await station.attachments.remove({ exhibit, file, reason });
    setRemoving(null);
    setReason('');
    changed();
  });
  return (
    <section aria-labelledby="beside-attached">
      <h3 id="beside-attached" className="br-beside-head">
        {t('attached')}
      </h3>
      <p className="br-soft">{open ? t('attachedOpen') : t('attachedSealed')}</p>
      <Asking asked={asked}>
        {(list) =>
          list.length === 0 ? (
            <p className="br-soft">{t('attachedNone')}</p>
          ) : (
            <ul className="br-copies">
              {list.map((one) => (
                <FileLine
                  key={one.file}
                  exhibit={exhibit}
                  path={one.file}
                  title={one.title}
                  mediaType={one.mediaType}
                  about={t('kept', { at: dateTime(one.keptAt), who: one.keptBy, size: bytes(one.bytes) })}
                  onRemove={open ? () => setRemoving(one) : null}
                />
              ))}
            </ul>
          )
        }
      </Asking>
      {open ? (
        <Group>
          <Button variant="default" onClick={() => setAdding(true)}>
            {t('attach')}
          </Button>
        </Group>
      ) : null}
      {adding ? (
        <AddFilesDialog
          title={t('attachTitle')}
          text={t('attachText')}
          submit={t('attachStart')}
          several={false}
          onAdd={async (files) => {
            for (const one of files) await station.attachments.keep({ exhibit, ...one });
          }}
          onDone={() => {
            setAdding(false);
            changed();
          }}
          onClose={() => setAdding(false)}
        />
      ) : null}
      {removing === null ? null : (
        <FormDialog
          title={t('removeTitle', { title: removing.title, interpolation: { escapeValue: false } })}
          onClose={() => setRemoving(null)}
          submit={t('removeStart')}
          onSubmit={() => void remove.run(removing.file)}
          busy={remove.busy}
          trouble={remove.trouble}
          ready={reason.trim() !== ''}
        >
          <p className="br-soft">{t('removeText')}</p>
          <ReasonField value={reason} onChange={setReason} />
        </FormDialog>
      )}
    </section>
  );
}

function Added({ exhibit, onChange }: PartProps) {
  const { t } = useTranslation('supplements');
  const { dateTime } = useFormat();
  const station = useStation();
  const asked = useAsk(`supplements ${exhibit}`, (client) => client.supplements.list({ exhibit }));
  const [adding, setAdding] = useState(false);
  return (
    <section aria-labelledby="beside-added">
      <h3 id="beside-added" className="br-beside-head">
        {t('added')}
      </h3>
      <p className="br-soft">{t('addedText')}</p>
      <Asking asked={asked}>
        {({ supplements, mayAdd }) => (
          <>
            {supplements.length === 0 ? <EmptyState>{t('addedNone')}</EmptyState> : null}
            {supplements.map(({ n, at, addedBy, files, stamped }) => (
              <div key={n} className="br-supplement">
                <div className="br-supplement-head">
                  <strong>{t('supplement', { n })}</strong>
                  <StateChip tone={stamped ? 'good' : 'waits'}>{stamped ? t('stamped') : t('notStamped')}</StateChip>
                </div>
                <div className="br-soft">{t('signed', { at: dateTime(at), who: addedBy })}</div>
                <ul className="br-copies">
                  {files.map(({ file, title, mediaType }) => (
                    <FileLine
                      key={file}
                      exhibit={exhibit}
                      path={`supplements/${file}`}
                      title={title}
                      mediaType={mediaType}
                      about={null}
                      onRemove={null}
                    />
                  ))}
                </ul>
              </div>
            ))}
            {mayAdd ? (
              <Group>
                <Button variant="default" onClick={() => setAdding(true)}>
                  {t('add')}
                </Button>
              </Group>
            ) : null}
          </>
        )}
      </Asking>
      {adding ? (
        <AddFilesDialog
          title={t('addTitle')}
          text={t('addText')}
          submit={t('addStart')}
          several
          onAdd={(files) => station.supplements.add({ exhibit, files: [...files] })}
          onDone={() => {
            setAdding(false);
            asked.again();
            onChange();
          }}
          onClose={() => setAdding(false)}
        />
      ) : null}
    </section>
  );
}
