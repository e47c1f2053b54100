import type { Device, SourceConfig } from '../../../shared/domain/devices.ts';
import { practiceAddress } from '../../../shared/domain/practice.ts';

const simulated = (kind: Device['kind'], address: string, label: string): Device => ({
  kind,
  backend: 'simulated',
  address,
  label,
  simulated: true,
});

/** The simulated cameras and microphones that every machine offers; always marked as such, in records too. */
export const simulatedDevices: readonly Device[] = [
  simulated('camera', 'room', 'Simulated room camera'),
  simulated('camera', 'face', 'Simulated face camera'),
  simulated('microphone', 'mic1', 'Simulated microphone 1'),
  simulated('microphone', 'mic2', 'Simulated microphone 2'),
  simulated('microphone', 'interpreter', 'Simulated interpreter’s microphone'),
];

/** The same devices as a practice station has them, and no others: what they send is marked as practice. */
export const practiceDevices: readonly Device[] = simulatedDevices.map((device) => ({
  ...device,
  address: practiceAddress(device.address),
  label: device.label.replace('Simulated', 'Practice'),
}));

/** The usual room of simulated sources: two views and two microphones without an interpreter, ids named for their places. */
export function simulatedRoom(): SourceConfig[] {
  return (['room', 'face', 'mic1', 'mic2'] as const).map((place) => {
    const device = simulatedDevices.find(({ address }) => address === place);
    if (device === undefined) throw new RangeError(`no simulated device ${place}`);
    return { id: place, place, kind: device.kind === 'camera' ? 'video' : 'audio', device };
  });
}
