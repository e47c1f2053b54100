import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ownFile } from '../../shared/domain/ownFiles.ts';

export interface FileLineProps {
  readonly exhibit: string;
  /** As the station addresses it: `attachments/file.pdf`, `supplements/1/file.pdf`. */
  readonly path: string;
  readonly title: string;
  readonly mediaType: string;
  readonly about: string | null;
  /** Null where it stays. */
  readonly onRemove: (() => void) | null;
}

/** What a browser shows in a page of its own, from which it can be printed; the rest is saved. */
const SHOWN = /^(?:image\/|text\/|audio\/|application\/json$)/;

/** One file beside the recording: what it is, and ways to look at it. */
export function FileLine({ exhibit, path, title, mediaType, about, onRemove }: FileLineProps) {
  const { t } = useTranslation('supplements');
  const says = useOwnWords();
  const [folder = '', ...rest] = path.split('/');
  const address = `/media/${folder}/${exhibit}/${rest.join('/')}`;
  const id = `file-${path.replaceAll(/[^a-z0-9]+/g, '-')}`;
  return (
    <li>
      <div id={id}>
        <strong>{says(path, title)}</strong>
        <div className="br-soft">
          {t(`type.${kindOf(mediaType)}`)}
          {about === null ? null : ` · ${about}`}
        </div>
      </div>
      <Group gap="xs">
        {SHOWN.test(mediaType) ? (
          <Button
            component="a"
            href={`${address}?show`}
            target="_blank"
            rel="noopener"
            variant="default"
            size="compact-md"
            aria-describedby={id}
          >
            {t('open')}
          </Button>
        ) : null}
        <Button component="a" href={address} download variant="subtle" size="compact-md" aria-describedby={id}>
          {t('save')}
        </Button>
        {onRemove === null ? null : (
          <Button variant="subtle" size="compact-md" onClick={onRemove} aria-describedby={id}>
            {t('remove')}
          </Button>
        )}
      </Group>
    </li>
  );
}

/** A title as it is read: what the station made itself is said in the reader's language. */
function useOwnWords(): (path: string, title: string) => string {
  const { t } = useTranslation('common');
  return (file, title) => {
    const own = ownFile({ file, title });
    if (own === null) return title;
    if (own.kind === 'preparation') return t('ownFile.preparation');
    return t('ownFile.still', { source: t(`source.${own.source}`, { defaultValue: own.source }) });
  };
}

function kindOf(mediaType: string): 'picture' | 'document' | 'text' | 'sound' | 'signature' | 'data' {
  if (mediaType.startsWith('image/')) return 'picture';
  if (mediaType.startsWith('audio/')) return 'sound';
  if (mediaType === 'application/pdf') return 'document';
  if (mediaType === 'application/pkcs7-signature') return 'signature';
  return mediaType.startsWith('text/') ? 'text' : 'data';
}
