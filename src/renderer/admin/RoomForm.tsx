import { Button, Switch, TextInput } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { z } from 'zod';
import type { Room } from '../../shared/contract/rooms.ts';
import { newRoomSettings } from '../../shared/domain/devices.ts';
import { useStation } from '../app/client.ts';
import { Asking, ConfirmDialog, Panel, SentenceError, SimulatedBadge, useAct, useAsk } from '../ui/index.ts';
import { EncoderLine } from './EncoderLine.tsx';
import { choicesOf, emptyChoices, isComplete, placesOfRoom, type RoomChoices, sourcesOf } from './roomForm.ts';
import { SourceField } from './SourceField.tsx';

/** Name and devices of a room; `room` is null for a new one. */
export function RoomForm({ room }: { readonly room: z.infer<typeof Room> | null }) {
  const { t } = useTranslation('admin');
  const station = useStation();
  const [, go] = useLocation();
  const [name, setName] = useState(room?.name ?? '');
  const [choices, setChoices] = useState<RoomChoices>(room === null ? emptyChoices : choicesOf(room));
  const [settings, setSettings] = useState(room?.settings ?? newRoomSettings);
  const [asking, setAsking] = useState(false);
  const found = useAsk('discover', (client) => client.rooms.discover());
  const save = useAct(async () => {
    await station.rooms.save({ id: room?.id ?? null, name: name.trim(), sources: sourcesOf(choices), settings });
    go('/rooms');
  });
  const remove = useAct(async () => {
    if (room === null) return;
    await station.rooms.remove({ id: room.id });
    go('/rooms');
  });
  const complete = isComplete(choices);
  const simulated = placesOfRoom.some((place) => {
    const choice = choices[place];
    return choice.how === 'device' && choice.device.simulated;
  });
  const again = (
    <Button
      variant="default"
      size="sm"
      leftSection={<IconRefresh aria-hidden size={16} />}
      onClick={found.again}
      loading={found.loading}
    >
      {t('room.look')}
    </Button>
  );
  return (
    <form
      className="br-form"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (complete && name.trim() !== '') void save.run();
      }}
    >
      <TextInput
        label={t('room.name')}
        description={t('room.nameHint')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        autoFocus={room === null}
      />
      <Panel title={t('room.devices')} aside={again}>
        <p className="br-soft">{t('room.found')}</p>
        <Asking asked={found}>
          {({ devices, problems, encoder, network }) => (
            <>
              {placesOfRoom.map((place) => (
                <SourceField
                  key={place}
                  place={place}
                  devices={devices}
                  network={network}
                  choice={choices[place]}
                  change={(choice) => setChoices((before) => ({ ...before, [place]: choice }))}
                />
              ))}
              {problems.length === 0 ? null : (
                <details className="br-soft">
                  <summary>{t('room.problems')}</summary>
                  <ul>
                    {problems.map((problem) => (
                      <li key={problem}>{problem}</li>
                    ))}
                  </ul>
                </details>
              )}
              <EncoderLine encoder={encoder} />
            </>
          )}
        </Asking>
        {simulated ? (
          <p className="br-simulated-note">
            <SimulatedBadge /> <span className="br-soft">{t('room.simulatedText')}</span>
          </p>
        ) : null}
      </Panel>
      <Panel title={t('room.how')}>
        {(['burnedClock', 'preRecord'] as const).map((setting) => (
          <Switch
            key={setting}
            label={t(`room.${setting}`)}
            description={t(`room.${setting}Hint`)}
            checked={settings[setting]}
            onChange={(event) => {
              const { checked } = event.currentTarget;
              setSettings((before) => ({ ...before, [setting]: checked }));
            }}
          />
        ))}
      </Panel>
      {complete ? null : <p className="br-soft">{t('room.incomplete')}</p>}
      <SentenceError trouble={save.trouble} />
      <div className="br-form-end">
        {room === null ? null : (
          <Button variant="subtle" onClick={() => setAsking(true)}>
            {t('room.remove')}
          </Button>
        )}
        <Button type="submit" loading={save.busy} disabled={!complete || name.trim() === ''}>
          {t('room.save')}
        </Button>
      </div>
      <ConfirmDialog
        opened={asking}
        title={t('room.removeTitle', { name: room?.name ?? '' })}
        text={t('room.removeText')}
        confirm={t('room.removeConfirm')}
        onConfirm={() => void remove.run()}
        onClose={() => setAsking(false)}
        busy={remove.busy}
        trouble={remove.trouble}
      />
    </form>
  );
}
