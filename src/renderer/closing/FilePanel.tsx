import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filed } from '../../shared/contract/protocol.ts';
import { Panel, SentenceError, useAct, useFormat } from '../ui/index.ts';
import { PaperDialog, type PaperDialogProps, type PaperRequest } from './PaperDialog.tsx';
import { PaperJob } from './PaperJob.tsx';

interface FilePanelProps {
  readonly title: string;
  readonly text: string;
  readonly filed: readonly Filed[];
  /** What stands in the way, said under what was filed. */
  readonly children: ReactNode;
  readonly ready: boolean;
  /** Stores what was typed; its version, or null where that could not be. */
  readonly flush: () => Promise<number | null>;
  readonly onFile: (version: number) => Promise<{ readonly job: string }>;
  readonly write: Pick<PaperDialogProps, 'title' | 'language' | 'forms'> & {
    readonly ready: boolean;
    readonly onStart: (request: PaperRequest) => Promise<{ readonly job: string }>;
  };
}

/** Out of an editor: filed with the exhibit, and as a file of its own. Either way what was typed is stored first. */
export function FilePanel({ title, text, filed: before, children, ready, flush, onFile, write }: FilePanelProps) {
  const { t } = useTranslation('closing');
  const { dateTime } = useFormat();
  const [asking, setAsking] = useState(false);
  const [job, setJob] = useState<string | null>(null);
  const [filed, setFiled] = useState(before);
  const file = useAct(async () => {
    const version = await flush();
    if (version !== null) setJob((await onFile(version)).job);
  });
  return (
    <Panel title={title}>
      <p className="br-soft">{text}</p>
      {filed.map(({ n, at }) => (
        <p className="br-soft" key={n}>
          {t('file.filed', { n, at: dateTime(at) })}
        </p>
      ))}
      {job === null ? null : <PaperJob key={job} job={job} onFiled={(one) => setFiled((all) => [...all, one])} />}
      <SentenceError trouble={file.trouble} />
      {children}
      <div className="br-chips">
        <Button onClick={() => void file.run()} loading={file.busy} disabled={!ready}>
          {t('file.act')}
        </Button>
        <Button variant="default" onClick={() => setAsking(true)} disabled={!write.ready}>
          {write.title}
        </Button>
      </div>
      {asking ? (
        <PaperDialog
          title={write.title}
          language={write.language}
          forms={write.forms}
          onClose={() => setAsking(false)}
          onStart={async (request) => {
            if ((await flush()) === null) return;
            setJob((await write.onStart(request)).job);
            setAsking(false);
          }}
        />
      ) : null}
    </Panel>
  );
}
