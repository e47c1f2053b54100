import { Button, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { NetworkCamera } from '../../shared/contract/rooms.ts';
import type { Device, SourcePlace } from '../../shared/domain/devices.ts';
import { PasswordField } from '../ui/index.ts';
import { type Choice, keyOf, kindOf } from './roomForm.ts';

export interface SourceFieldProps {
  readonly place: SourcePlace;
  readonly devices: readonly Device[];
  /** Cameras that answered on the network. */
  readonly network: readonly NetworkCamera[];
  readonly choice: Choice;
  readonly change: (choice: Choice) => void;
}

const none = 'nothing';
const network = 'network';

/** One place of a room and the device that stands there. */
export function SourceField({ place, devices, network: cameras, choice, change }: SourceFieldProps) {
  const { t } = useTranslation(['admin', 'common']);
  const kind = kindOf(place);
  const kept = choice.how === 'device' ? [choice.device] : [];
  const all = [...devices.filter((device) => device.kind === kind), ...kept];
  const byKey = new Map(all.map((device) => [keyOf(device), device]));
  const name = (device: Device) =>
    [device.label, device.simulated ? t('common:simulated') : null, device.monitor === true ? t('room.monitor') : null]
      .filter((word) => word !== null)
      .join(' · ');
  const value = choice.how === 'device' ? keyOf(choice.device) : choice.how;
  const missing = choice.how === 'device' && !devices.some((device) => keyOf(device) === keyOf(choice.device));
  return (
    <div className="br-source">
      <Select
        label={t(`common:source.${place}`)}
        data={[
          { value: none, label: t('room.nothing') },
          ...[...byKey].map(([key, device]) => ({ value: key, label: name(device) })),
          { value: network, label: t('room.network') },
        ]}
        value={value}
        onChange={(chosen) => {
          const device = byKey.get(chosen ?? '');
          if (device !== undefined) change({ how: 'device', device });
          else if (chosen === network) change({ how: 'network', address: '', user: '', password: '' });
          else change({ how: 'nothing' });
        }}
        error={missing ? t('room.missing', { device: choice.device.label }) : null}
      />
      {choice.how !== 'network' ? null : (
        <div className="br-network">
          <TextInput
            label={t('room.address')}
            description={t('room.addressHint')}
            value={choice.address}
            onChange={(event) => change({ ...choice, address: event.currentTarget.value })}
            spellCheck={false}
            autoComplete="off"
          />
          {cameras.length === 0 || kind !== 'camera' ? null : (
            <div className="br-found">
              <span className="br-soft">{t('room.answered')}</span>
              {cameras.map((camera) => (
                <Button
                  key={camera.host}
                  size="compact-sm"
                  variant="default"
                  onClick={() => change({ ...choice, address: `rtsp://${camera.host}/` })}
                >
                  {camera.label === camera.host ? camera.host : `${camera.label} · ${camera.host}`}
                </Button>
              ))}
            </div>
          )}
          <div className="br-form-two">
            <TextInput
              label={t('room.user')}
              value={choice.user}
              onChange={(event) => change({ ...choice, user: event.currentTarget.value })}
              spellCheck={false}
              autoComplete="off"
            />
            <PasswordField
              label={t('room.password')}
              value={choice.password}
              onChange={(event) => change({ ...choice, password: event.currentTarget.value })}
              autoComplete="new-password"
            />
          </div>
          <p className="br-soft">
            {t('room.keptSealed')} {choice.address === '' ? null : t('room.keepCredentials')}
          </p>
        </div>
      )}
    </div>
  );
}
