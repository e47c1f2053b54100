import { Button } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Interview } from '../../shared/contract/cases.ts';
import { useAsk } from '../ui/index.ts';
import { ObserversDialog } from './ObserversDialog.tsx';

/** How many observers' screens are connected, so that the child can be told who watches; and the way to admit one. */
export function ObserversChip({ interview }: { readonly interview: Interview }) {
  const { t } = useTranslation('live');
  const [open, setOpen] = useState(false);
  const id = interview.id;
  const asked = useAsk(`observers/${id}`, (client) => client.observers.screens({ interview: id }), 3000);
  const connected = asked.data?.connected ?? 0;
  return (
    <>
      <Button
        variant={connected > 0 ? 'light' : 'default'}
        size="compact-md"
        leftSection={<IconEye aria-hidden size={18} />}
        onClick={() => setOpen(true)}
      >
        {connected > 0 ? t('observers.connected', { count: connected }) : t('observers.act')}
      </Button>
      {open ? <ObserversDialog interview={interview} connected={connected} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
