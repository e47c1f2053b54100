import { Button, Switch } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BackupLook, BackupResult } from '../../shared/contract/backup.ts';
import { useStation } from '../app/client.ts';
import {
  Asking,
  JobProgress,
  Panel,
  PathField,
  SentenceError,
  StateChip,
  useAct,
  useAsk,
  useFormat,
} from '../ui/index.ts';

/** A backup of the whole station onto another disk, and when the last one was made. */
export function BackupPanel() {
  const { t } = useTranslation('admin');
  const asked = useAsk('backup', (station) => station.backup.last(), null);
  const { exact } = useFormat();
  return (
    <Panel title={t('backup.title')}>
      <p className="br-soft">{t('backup.lead')}</p>
      <p className="br-soft">{t('backup.restore')}</p>
      <Asking asked={asked}>
        {({ last }) => (
          <div>
            {last === null ? (
              <StateChip tone="warn">{t('backup.never')}</StateChip>
            ) : (
              <StateChip tone={last.leftOut > 0 ? 'warn' : 'good'}>
                {t(last.media ? 'backup.last' : 'backup.lastWithout', { at: exact(new Date(last.at)) })}
              </StateChip>
            )}
          </div>
        )}
      </Asking>
      <BackupForm made={asked.again} />
    </Panel>
  );
}

function BackupForm({ made }: { readonly made: () => void }) {
  const { t } = useTranslation('admin');
  const station = useStation();
  const [folder, setFolder] = useState('');
  const [media, setMedia] = useState(true);
  const [look, setLook] = useState<BackupLook | null>(null);
  const [job, setJob] = useState<string | null>(null);
  const [result, setResult] = useState<BackupResult | null>(null);
  const ask = useAct(async () => setLook(await station.backup.look({ folder: folder.trim() })));
  const begin = useAct(async () => {
    setResult(null);
    setJob((await station.backup.make({ folder: folder.trim(), media })).job);
  });
  const running = job !== null && result === null;
  return (
    <form
      className="br-form"
      onSubmit={(event) => {
        event.preventDefault();
        void (look === null ? ask.run() : begin.run());
      }}
    >
      <PathField
        what="folder"
        label={t('backup.folder')}
        description={t('backup.folderHint')}
        value={folder}
        onChange={(path) => {
          setFolder(path);
          setLook(null);
          setJob(null);
        }}
      />
      <Switch
        label={t('backup.media')}
        description={t('backup.mediaHint')}
        checked={media}
        onChange={(event) => setMedia(event.currentTarget.checked)}
      />
      {look === null ? null : <Looked look={look} media={media} />}
      <SentenceError trouble={ask.trouble ?? begin.trouble} />
      {job === null ? (
        <div className="br-form-end">
          <Button type="submit" loading={ask.busy || begin.busy} disabled={folder.trim() === ''}>
            {look === null ? t('backup.look') : t('backup.act')}
          </Button>
        </div>
      ) : (
        <JobProgress
          key={job}
          job={job}
          label={t('backup.working')}
          onDone={(answer) => setResult(BackupResult.parse(answer))}
          onEnd={() => {
            setLook(null);
            made();
          }}
        />
      )}
      {result === null ? null : <Made result={result} />}
      {job === null || running ? null : (
        <div className="br-form-end">
          <Button variant="subtle" onClick={() => setJob(null)}>
            {t('backup.again')}
          </Button>
        </div>
      )}
    </form>
  );
}

/** What a backup there needs, and what is to be thought of. */
function Looked({ look, media }: { readonly look: BackupLook; readonly media: boolean }) {
  const { t } = useTranslation('admin');
  const { bytes } = useFormat();
  const needs = bytes(media ? look.freshBytes : 0);
  return (
    <div>
      <p className="br-soft br-num">
        {look.freeBytes === null
          ? t('backup.needs', { needs })
          : t('backup.needsOf', { needs, free: bytes(look.freeBytes) })}
        {media && look.freshBytes < look.mediaBytes
          ? ` ${t('backup.earlier', { there: bytes(look.mediaBytes - look.freshBytes) })}`
          : null}
      </p>
      {look.sameDisk ? <StateChip tone="warn">{t('backup.sameDisk')}</StateChip> : null}
    </div>
  );
}

function Made({ result }: { readonly result: BackupResult }) {
  const { t } = useTranslation('admin');
  return (
    <div role="status">
      <p>
        {t('backup.made')} <code>{result.path}</code>
      </p>
      <p className="br-soft">{t('backup.keep')}</p>
      {result.signed ? null : <p className="br-soft">{t('backup.unsigned')}</p>}
      {result.leftOut.length === 0 ? null : (
        <>
          <p>{t('backup.leftOut', { count: result.leftOut.length })}</p>
          <ul>
            {result.leftOut.slice(0, 8).map((file) => (
              <li key={file}>
                <code>{file}</code>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
