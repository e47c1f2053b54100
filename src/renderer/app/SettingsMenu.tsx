import { Menu } from '@mantine/core';
import { IconAdjustments, IconKeyboard, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { change, useSettings } from './settings.ts';

/** What this screen looks and listens like: theme, and whether single keys act. */
export function SettingsMenu() {
  const { t } = useTranslation();
  const { theme, shortcuts } = useSettings();
  return (
    <Menu position="top-start" withinPortal>
      <Menu.Target>
        <button type="button" className="br-quiet">
          <IconAdjustments aria-hidden size={18} /> {t('settings.title')}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={theme === 'light' ? <IconMoon aria-hidden size={18} /> : <IconSun aria-hidden size={18} />}
          onClick={() => change({ theme: theme === 'light' ? 'dark' : 'light' })}
        >
          {theme === 'light' ? t('settings.dark') : t('settings.light')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconKeyboard aria-hidden size={18} />}
          onClick={() => change({ shortcuts: !shortcuts })}
        >
          {shortcuts ? t('settings.shortcutsOff') : t('settings.shortcutsOn')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
