import { Button, SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PathField } from '../ui/index.ts';

/** A bag and what its reader trusts, as it is being typed. */
export interface BagForm {
  readonly kind: 'folder' | 'file';
  readonly path: string;
  readonly trust: readonly string[];
}

export const emptyBag: BagForm = { kind: 'folder', path: '', trust: [''] };

/** What the operation is given: no empty lines. */
export function bagInput({ path, trust }: BagForm): { path: string; trust: string[] } {
  return { path: path.trim(), trust: trust.map((one) => one.trim()).filter((one) => one !== '') };
}

/** Where the bag is and whose root certificates count. */
export function BagFields({ bag, onBag }: { readonly bag: BagForm; readonly onBag: (bag: BagForm) => void }) {
  const { t } = useTranslation('archive');
  const put = (index: number, path: string) =>
    onBag({ ...bag, trust: bag.trust.map((one, at) => (at === index ? path : one)) });
  return (
    <>
      <div>
        <SegmentedControl
          aria-label={t('bag.kind')}
          value={bag.kind}
          onChange={(kind) => onBag({ ...bag, kind })}
          data={[
            { value: 'folder', label: t('bag.folder') },
            { value: 'file', label: t('bag.file') },
          ]}
        />
      </div>
      <PathField
        label={t('bag.path')}
        description={t('bag.pathHint')}
        what={bag.kind}
        value={bag.path}
        onChange={(path) => onBag({ ...bag, path })}
      />
      {bag.trust.map((path, index) => (
        <PathField
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are only added at the end
          key={index}
          label={t('trust.label')}
          {...(index === 0 ? { description: t('trust.hint') } : {})}
          what="file"
          value={path}
          onChange={(next) => put(index, next)}
        />
      ))}
      {bag.trust.length < 10 ? (
        <div>
          <Button variant="subtle" size="compact-md" onClick={() => onBag({ ...bag, trust: [...bag.trust, ''] })}>
            {t('trust.add')}
          </Button>
        </div>
      ) : null}
    </>
  );
}
