import { Button, NativeSelect, NumberInput, Switch, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NetworkSettings, type NetworkView } from '../../shared/contract/network.ts';
import { useStation } from '../app/client.ts';
import { Panel, SentenceError, useAct } from '../ui/index.ts';

export interface NetworkFormProps {
  readonly view: NetworkView;
  readonly changed: () => void;
}

const oneName = NetworkSettings.shape.names.element;

/** What the administrator sets. */
export function NetworkForm({ view: { settings, machine }, changed }: NetworkFormProps) {
  const { t } = useTranslation('network');
  const station = useStation();
  const [enabled, setEnabled] = useState(settings.enabled);
  const [listen, setListen] = useState(settings.listen);
  const [port, setPort] = useState<number | string>(settings.port);
  const [names, setNames] = useState(settings.names.join('\n'));
  const given = names
    .split(/[\n,;]+/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const bad = given.find((name) => !oneName.safeParse(name).success);
  const save = useAct(async () => {
    await station.network.set({ enabled, listen, port: Number(port), names: given });
    changed();
  });
  const addresses = [
    ...new Set([...machine.addresses.map(({ address }) => address), ...(listen === 'all' ? [] : [listen])]),
  ];
  const cardOf = (address: string) => machine.addresses.find((own) => own.address === address)?.card;
  return (
    <Panel title={t('form.title')}>
      <form
        className="br-form"
        onSubmit={(event) => {
          event.preventDefault();
          void save.run();
        }}
      >
        <Switch
          size="md"
          label={t('form.enabled')}
          description={t('form.enabledHint')}
          checked={enabled}
          onChange={(event) => setEnabled(event.currentTarget.checked)}
        />
        <div className="br-form-two">
          <NativeSelect
            label={t('form.listen')}
            value={listen}
            onChange={(event) => setListen(event.currentTarget.value)}
            data={[
              { value: 'all', label: t('form.all') },
              ...addresses.map((address) => {
                const card = cardOf(address);
                return { value: address, label: card === undefined ? address : `${address} · ${card}` };
              }),
            ]}
          />
          <NumberInput
            label={t('form.port')}
            description={t('form.portHint')}
            inputWrapperOrder={['label', 'input', 'description']}
            value={port}
            onChange={setPort}
            min={1024}
            max={65_535}
            allowDecimal={false}
            hideControls
          />
        </div>
        <Textarea
          label={t('form.names')}
          description={t('form.namesHint')}
          value={names}
          onChange={(event) => setNames(event.currentTarget.value)}
          error={bad === undefined ? null : t('form.bad', { name: bad })}
          autosize
          minRows={2}
          spellCheck={false}
        />
        <SentenceError trouble={save.trouble} />
        <div className="br-form-end">
          <Button type="submit" loading={save.busy} disabled={bad !== undefined || port === ''}>
            {t('form.save')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
