import { Button, FileButton, Group, Input, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { IconCamera, IconUpload } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Interview } from '../../shared/contract/cases.ts';
import { attachmentTypes, isAttachmentType, LONGEST_ATTACHMENT } from '../../shared/domain/attachmentTypes.ts';
import type { SourceLive } from '../../shared/domain/liveState.ts';
import { useStation } from '../app/client.ts';
import { ConfirmDialog, NameWarning, useAct } from '../ui/index.ts';
import { stillOf } from './stillOf.ts';

export interface PictureDialogProps {
  readonly interview: Interview;
  readonly sources: readonly SourceLive[];
  /** The picture is kept under this name. */
  readonly onKept: (file: string, content: Blob) => void;
  readonly onClose: () => void;
}

interface Picture {
  readonly content: Blob;
  readonly name: string;
  /** When it was taken, on this page's own clock. */
  readonly atMs: number;
  /** An address for `<img>`; null for what is no picture, such as a PDF. */
  readonly address: string | null;
}

/**
 * A drawing or an object: a still of a camera, a photograph of this device or a file, with a title, who made it, and what
 * the child said about it. It can be taken anew until it is kept; then it belongs to the record.
 */
export function PictureDialog({ interview, sources, onKept, onClose }: PictureDialogProps) {
  const { t } = useTranslation(['interview', 'common']);
  const station = useStation();
  const [picture, setPicture] = usePicture();
  const [title, setTitle] = useState('');
  const [of, setOf] = useState<'child' | 'other'>('child');
  const [said, setSaid] = useState('');
  const [tooLarge, setTooLarge] = useState(false);
  const take = async (source: SourceLive) => setPicture(await stillOf(source.id), 'drawing.jpg');
  const choose = (file: File | null) => {
    if (file === null) return;
    setTooLarge(file.size > LONGEST_ATTACHMENT);
    if (file.size <= LONGEST_ATTACHMENT) setPicture(file, file.name);
  };
  const keep = useAct(async () => {
    if (picture === null) return;
    const { content, atMs } = picture;
    const agoMs = Math.round(performance.now() - atMs);
    const { file } = await station.attachments.keep({
      ...{ exhibit: interview.exhibit, title: title.trim(), content: fileOf(content) },
    });
    await station.recording.mark({
      ...{ type: 'picture', interview: interview.id, file, title: title.trim(), of, said: said.trim(), agoMs },
    });
    onKept(file, content);
    onClose();
  });
  return (
    <ConfirmDialog
      opened
      title={t('picture.title')}
      text={t('picture.text')}
      confirm={t('picture.save')}
      onConfirm={() => void keep.run()}
      onClose={onClose}
      busy={keep.busy}
      ready={picture !== null && title.trim() !== ''}
      trouble={keep.trouble}
    >
      <div className="br-form br-drawing">
        <div className="br-drawing-frame">
          {picture === null ? (
            t('picture.none')
          ) : picture.address === null ? (
            t('picture.chosen', { name: picture.name })
          ) : (
            <img src={picture.address} alt={t('picture.alt')} />
          )}
        </div>
        <Group>
          {sources
            .filter(({ kind }) => kind === 'video')
            .map((source) => (
              <Button
                key={source.id}
                variant="default"
                size="compact-md"
                leftSection={<IconCamera aria-hidden size={18} />}
                onClick={() => void take(source)}
              >
                {t('picture.room', { name: t(`common:source.${source.place}`) })}
              </Button>
            ))}
          <FileButton onChange={choose} accept="image/png,image/jpeg,image/webp,application/pdf">
            {(props) => (
              <Button {...props} variant="default" size="compact-md" leftSection={<IconUpload aria-hidden size={18} />}>
                {t('picture.file')}
              </Button>
            )}
          </FileButton>
        </Group>
        {tooLarge ? <p className="br-note">{t('picture.tooLarge')}</p> : null}
        <TextInput
          label={t('picture.name')}
          value={title}
          maxLength={200}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <NameWarning text={title} />
        <Input.Wrapper label={t('picture.of')} labelElement="div">
          <SegmentedControl
            fullWidth
            aria-label={t('picture.of')}
            value={of}
            onChange={(value) => setOf(value === 'child' ? 'child' : 'other')}
            data={[
              { value: 'child', label: t('picture.child') },
              { value: 'other', label: t('picture.other') },
            ]}
          />
        </Input.Wrapper>
        <Textarea
          label={t('picture.said')}
          value={said}
          maxLength={4000}
          onChange={(event) => setSaid(event.currentTarget.value)}
        />
        <NameWarning text={said} />
      </div>
    </ConfirmDialog>
  );
}

/** Under a name that tells of nobody, whatever the file was called. */
function fileOf(content: Blob): File {
  const { type } = content;
  return new File([content], `drawing.${isAttachmentType(type) ? attachmentTypes[type] : 'bin'}`, { type });
}

/** The picture that was taken last; the one before is let go of. */
function usePicture(): readonly [Picture | null, (content: Blob | null, name: string) => void] {
  const [picture, setPicture] = useState<Picture | null>(null);
  useEffect(() => {
    const address = picture?.address ?? null;
    return () => (address === null ? undefined : URL.revokeObjectURL(address));
  }, [picture]);
  const set = (content: Blob | null, name: string) => {
    if (content === null) return;
    setPicture({
      content,
      name,
      atMs: performance.now(),
      address: content.type.startsWith('image/') ? URL.createObjectURL(content) : null,
    });
  };
  return [picture, set];
}
