import type { Device, RtspCredentials } from '../../../shared/domain/devices.ts';
import { Refusal } from '../../../shared/errors.ts';

/** An RTSP address as typed by a person, taken apart. `address` and `label` never hold user or password. */
export interface RtspAddress {
  readonly address: string;
  readonly label: string;
  readonly host: string;
  /** 554 when the address names none. */
  readonly port: number;
  readonly credentials: RtspCredentials | null;
}

/**
 * Parses `rtsp://[user[:password]@]host[:port]/path?query`. Cameras' passwords often hold `@`, `/`, `#` or `:` that
 * nobody escaped, so the host begins after the last `@` that does not belong to a path; an escaped password
 * (`%40`) is unescaped. Throws DEVICE_ADDRESS_INVALID, whose parameters do not repeat the address.
 */
export function parseRtspAddress(typed: string): RtspAddress {
  const scheme = /^\s*rtsp:\/\/(\S+)\s*$/i.exec(typed);
  const rest = scheme?.[1];
  if (rest === undefined) throw new Refusal('DEVICE_ADDRESS_INVALID');
  const at = lastAt(rest);
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(?::(\d{1,5}))?([/?][^\s#]*)?$/i.exec(rest.slice(at + 1));
  const host = match?.[1]?.toLowerCase();
  const port = match?.[2] === undefined ? 554 : Number(match[2]);
  if (match === null || host === undefined || port < 1 || port > 65_535) throw new Refusal('DEVICE_ADDRESS_INVALID');
  const path = (match[3] ?? '/').toWellFormed().replaceAll(/[^\x21-\x7e]+/g, encodeURIComponent);
  const authority = port === 554 ? host : `${host}:${port}`;
  const shown = path.split('?')[0] ?? '/';
  return {
    address: `rtsp://${authority}${path}`,
    // Some cameras take name and password in the path: such a path is not shown.
    label: shown === '/' || /pass|pwd|user/i.test(shown) ? authority : `${authority}${shown}`,
    host,
    port,
    credentials: at < 0 ? null : credentialsOf(rest.slice(0, at)),
  };
}

/** The device and, apart from it, the credentials for a typed RTSP address. Throws DEVICE_ADDRESS_INVALID. */
export function rtspCamera(typed: string): { device: Device; credentials: RtspCredentials | null } {
  const { address, label, credentials } = parseRtspAddress(typed);
  return { device: { kind: 'camera', backend: 'rtsp', address, label, simulated: false }, credentials };
}

/**
 * Index of the `@` that ends the credentials, or -1. An `@` after `host/` belongs to the path. What could be both is taken
 * for a password: a camera that is not found is put right by writing `%40`, a password in an address is not.
 */
function lastAt(rest: string): number {
  const at = rest.lastIndexOf('@');
  return /^(?:\[[0-9a-f:.]+\]|[a-z0-9_.-]+)\//i.test(rest.slice(0, Math.max(at, 0))) ? -1 : at;
}

function credentialsOf(text: string): RtspCredentials {
  const colon = text.indexOf(':');
  const user = unescaped(colon < 0 ? text : text.slice(0, colon));
  if (user === '') throw new Refusal('DEVICE_ADDRESS_INVALID');
  return { user, password: colon < 0 ? '' : unescaped(text.slice(colon + 1)) };
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a bare % that somebody has in a password
  }
}
