import { Button, Checkbox, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Exhibit } from '../../shared/contract/exhibits.ts';
import { useStation } from '../app/client.ts';
import { SentenceError, StateChip, useAct, useAsk } from '../ui/index.ts';
import { JobProgress } from '../ui/JobProgress.tsx';
import { BagFields, type BagForm, bagInput, emptyBag } from './BagFields.tsx';

export interface ImportDialogProps {
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Takes a bag in. One whose maker is not established needs the person's own word for it, which is asked for only then. */
export function ImportDialog({ onClose, onDone }: ImportDialogProps) {
  const { t } = useTranslation(['archive', 'common']);
  const station = useStation();
  const [bag, setBag] = useState<BagForm>(emptyBag);
  const [job, setJob] = useState<string | null>(null);
  const [accepted, setAccepted] = useState(false);
  const [taken, setTaken] = useState<Exhibit | null>(null);
  const unestablished = useUnestablished(job);
  const start = useAct(async () => {
    const { path, trust } = bagInput(bag);
    setJob((await station.archive.import({ path, trust, unestablishedAccepted: accepted })).job);
  });
  const done = (value: unknown) => {
    const parsed = Exhibit.safeParse(value);
    if (parsed.success) setTaken(parsed.data);
    onDone();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('import.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      classNames={{ title: 'br-dialog-title' }}
      size="xl"
    >
      <form
        className="br-form"
        onSubmit={(event) => {
          event.preventDefault();
          void start.run();
        }}
      >
        {taken === null ? (
          <>
            <p className="br-soft">{t('import.text')}</p>
            <BagFields bag={bag} onBag={setBag} />
          </>
        ) : null}
        <SentenceError trouble={start.trouble} />
        {job === null || taken !== null ? null : (
          <JobProgress key={job} job={job} label={t('import.working')} onDone={done} />
        )}
        {taken === null && (unestablished || accepted) ? (
          <Checkbox
            label={t('import.accept')}
            checked={accepted}
            onChange={(event) => setAccepted(event.currentTarget.checked)}
          />
        ) : null}
        {taken === null ? (
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" disabled={bag.path.trim() === ''} loading={start.busy}>
              {t('import.start')}
            </Button>
          </Group>
        ) : (
          <Group justify="space-between">
            <StateChip tone="good">{t('import.done', { exhibit: taken.number })}</StateChip>
            <Button component={Link} href={`/exhibit/${taken.number}`}>
              {t('import.open')}
            </Button>
          </Group>
        )}
      </form>
    </Modal>
  );
}

/** True once the running import was refused because nobody vouches for the bag's maker. */
function useUnestablished(job: string | null): boolean {
  const asked = useAsk(
    `import ${job ?? ''}`,
    async (station) => (job === null ? null : await station.jobs.state({ job })),
    job === null ? null : 700,
  );
  return asked.data?.error?.code === 'IMPORT_UNESTABLISHED';
}
