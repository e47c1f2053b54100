import { isIP } from 'node:net';
import { HostName, type NetworkSettings } from '../../shared/contract/network.ts';
import type { Machine } from './ownAddresses.ts';
import { shortIpv6 } from './serverCertificate.ts';

/** Names and addresses by which screens reach this station now, as its certificate should have them; the best one first. */
export function namesNow({ listen, names }: NetworkSettings, machine: Machine): string[] {
  const own =
    listen === 'all'
      ? [...machine.addresses().map(({ address }) => address), ...nameOf(machine)]
      : [isIP(listen) === 6 ? shortIpv6(listen) : listen];
  const given = names.map((name) => (isIP(name) === 6 ? shortIpv6(name) : name.toLowerCase()));
  // What a person entered is what people of this court call it.
  return [...new Set([...given, ...own])];
}

function nameOf(machine: Machine): string[] {
  const name = HostName.safeParse(machine.name());
  return name.success && name.data !== 'localhost' ? [name.data] : [];
}

/** `host:port` as a browser sends it in `Host`, for each name. */
export function hostsOf(names: readonly string[], port: number): string[] {
  return names.map((name) => `${isIP(name) === 6 ? `[${name}]` : name}:${port}`);
}
