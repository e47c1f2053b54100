import { hostname, networkInterfaces } from 'node:os';

/** An address of this machine, and what the system calls its card. */
export interface OwnAddress {
  readonly address: string;
  readonly card: string;
}

/** What the door has to know of the machine. */
export interface Machine {
  /**
   * IPv4 addresses that other machines may reach: no loopback, no link-local ones, which change with the cable. IPv6 addresses
   * change by themselves, day by day (RFC 8981); one that stays is entered by the administrator.
   */
  addresses(): OwnAddress[];
  name(): string;
}

export const thisMachine: Machine = {
  addresses: () =>
    Object.entries(networkInterfaces()).flatMap(([card, all]) =>
      (all ?? [])
        .filter(({ internal, family, address }) => !internal && family === 'IPv4' && !address.startsWith('169.254.'))
        .map(({ address }) => ({ address, card })),
    ),
  name: () => hostname().toLowerCase(),
};
