import { Button, Menu } from '@mantine/core';
import { IconArrowsExchange, IconDots, IconPhoto } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Kbd } from '../ui/index.ts';

export interface MoreActsProps {
  readonly onRoster: () => void;
  readonly onPicture: () => void;
}

/** What is done seldom while it is recorded. Each has its key, so that nobody has to open this. */
export function MoreActs({ onRoster, onPicture }: MoreActsProps) {
  const { t } = useTranslation('interview');
  return (
    <Menu position="top-start" withinPortal>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDots aria-hidden size={18} />}>
          {t('more')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconArrowsExchange aria-hidden size={18} />}
          rightSection={<Kbd>R</Kbd>}
          onClick={onRoster}
        >
          {t('roster.act')}
        </Menu.Item>
        <Menu.Item leftSection={<IconPhoto aria-hidden size={18} />} rightSection={<Kbd>D</Kbd>} onClick={onPicture}>
          {t('picture.act')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
