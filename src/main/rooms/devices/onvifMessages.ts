import type { NetworkCamera } from '../../../shared/contract/rooms.ts';

/** A WS-Discovery probe (April 2005 edition, which ONVIF Core §7.3 prescribes) for devices that send pictures. */
export function probeMessage(id: string): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    '<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"' +
    ' xmlns:w="http://schemas.xmlsoap.org/ws/2004/08/addressing"' +
    ' xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"' +
    ' xmlns:dn="http://www.onvif.org/ver10/network/wsdl">' +
    `<e:Header><w:MessageID>uuid:${id}</w:MessageID>` +
    '<w:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</w:To>' +
    '<w:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</w:Action></e:Header>' +
    '<e:Body><d:Probe><d:Types>dn:NetworkVideoTransmitter</d:Types></d:Probe></e:Body></e:Envelope>'
  );
}

const LONGEST = 64 * 1024;

/**
 * The camera in an answer to the probe `id`, or null where it is none: an answer to somebody else, another kind of device,
 * rubbish. Its name is put together from the scopes `name` and `hardware`, where it gives them.
 */
export function parseProbeMatch(xml: string, id: string, host: string): NetworkCamera | null {
  if (xml.length > LONGEST || !(textOf(xml, 'RelatesTo') ?? '').endsWith(id)) return null;
  if (!/\bNetworkVideoTransmitter\b/.test(textOf(xml, 'Types') ?? '')) return null;
  const scopes = (textOf(xml, 'Scopes') ?? '').split(/\s+/);
  const scope = (kind: string): string => {
    const value = scopes
      .find((one) => one.startsWith(`onvif://www.onvif.org/${kind}/`))
      ?.split('/')
      .slice(4)
      .join('/');
    return plain(value ?? '');
  };
  const [name, hardware] = [scope('name'), scope('hardware')];
  const words = name.includes(hardware) ? [name] : [name, hardware];
  return { host, label: words.filter((word) => word !== '').join(' ') || host };
}

/** The text of the first element of this local name, whatever its prefix. */
function textOf(xml: string, name: string): string | null {
  const found = new RegExp(`<(?:[A-Za-z0-9_.-]+:)?${name}(?:\\s[^>]*)?>([^<]*)<`).exec(xml)?.[1];
  return found?.trim() ?? null;
}

/** Percent signs undone, nothing in it that is no letter, digit or common sign, and short. */
function plain(text: string): string {
  let decoded = text;
  try {
    decoded = decodeURIComponent(text);
  } catch {
    // kept as it is
  }
  return decoded
    .replaceAll(/[^\p{L}\p{N} ._()/+-]/gu, ' ')
    .replaceAll(/ +/g, ' ')
    .trim()
    .slice(0, 60);
}
