import { createSocket, type Socket } from 'node:dgram';
import { afterEach, describe, expect, it } from 'vitest';
import { findNetworkCameras } from '../../../src/main/rooms/devices/networkCameras.ts';
import { parseProbeMatch, probeMessage } from '../../../src/main/rooms/devices/onvifMessages.ts';
import { until } from '../../support/until.ts';

/** An answer as cameras give it, with prefixes of their own. */
const answer = (to: string, scopes: string, types = 'tdn:NetworkVideoTransmitter tds:Device'): string =>
  `<?xml version="1.0"?><SOAP-ENV:Envelope xmlns:SOAP-ENV="http://www.w3.org/2003/05/soap-envelope"><SOAP-ENV:Header>
  <wsa:RelatesTo>uuid:${to}</wsa:RelatesTo></SOAP-ENV:Header><SOAP-ENV:Body><wsdd:ProbeMatches><wsdd:ProbeMatch>
  <wsdd:Types>${types}</wsdd:Types><wsdd:Scopes MatchBy="x">${scopes}</wsdd:Scopes>
  <wsdd:XAddrs>http://10.0.0.9/onvif/device_service</wsdd:XAddrs></wsdd:ProbeMatch></wsdd:ProbeMatches>
  </SOAP-ENV:Body></SOAP-ENV:Envelope>`;
const scopes = (name: string, hardware: string): string =>
  `onvif://www.onvif.org/type/video_encoder\n onvif://www.onvif.org/hardware/${hardware} onvif://www.onvif.org/name/${name}`;

describe('an answer to the question for cameras', () => {
  it('names the camera by what it says of itself and the address that it came from', () => {
    const of = (name: string, hardware: string) =>
      parseProbeMatch(answer('q', scopes(name, hardware)), 'q', '10.0.0.7');
    expect(of('AXIS%20P3245-LV', 'P3245-LV')).toEqual({ host: '10.0.0.7', label: 'AXIS P3245-LV' });
    expect(of('Door', 'DS-2CD2143')).toEqual({ host: '10.0.0.7', label: 'Door DS-2CD2143' });
    expect(of('%E0%A4%A', '')).toEqual({ host: '10.0.0.7', label: 'E0 A4 A' });
    expect(of(encodeURIComponent(`<b>\u202e\n${'x'.repeat(999)}`), '')?.label).toBe(`b ${'x'.repeat(58)}`);
    expect(parseProbeMatch(answer('q', ''), 'q', '10.0.0.7')).toEqual({ host: '10.0.0.7', label: '10.0.0.7' });
  });

  it('is passed over when it is not for us, not of a camera, or not XML', () => {
    expect(parseProbeMatch(answer('other', scopes('a', 'b')), 'q', 'h')).toBeNull();
    expect(parseProbeMatch(answer('q', scopes('a', 'b'), 'wsdp:Device pub:Printer'), 'q', 'h')).toBeNull();
    for (const rubbish of ['', '<', '<RelatesTo>', 'q'.repeat(100_000)]) {
      expect(parseProbeMatch(rubbish, 'q', 'h')).toBeNull();
    }
  });
});

describe('the question', () => {
  let camera: Socket | null = null;
  afterEach(() => {
    camera?.close();
    camera = null;
  });

  it('finds a camera that answers, once, and nobody where nobody does', async () => {
    camera = createSocket('udp4');
    camera.on('message', (bytes, { port, address }) => {
      const id = /<w:MessageID>uuid:([0-9a-f-]{36})</.exec(String(bytes))?.[1] ?? '';
      for (const _ of [1, 2]) camera?.send(answer(id, scopes('Room%20camera', 'X1')), port, address);
      camera?.send('rubbish', port, address);
    });
    const port = await new Promise<number>((resolve) =>
      camera?.bind(0, '127.0.0.1', () => resolve(camera?.address().port ?? 0)),
    );
    const look = () => findNetworkCameras({ to: { address: '127.0.0.1', port }, from: ['127.0.0.1'], withinMs: 200 });
    const found = await until('an answer', async () => {
      const cameras = await look();
      return cameras.length > 0 ? cameras : null;
    });
    expect(found).toEqual([{ host: '127.0.0.1', label: 'Room camera X1' }]);
    expect(
      await findNetworkCameras({ to: { address: '127.0.0.1', port: 9 }, from: ['127.0.0.1'], withinMs: 50 }),
    ).toEqual([]);
    expect(await findNetworkCameras({ from: [] })).toEqual([]);
  });

  it('asks for what sends pictures, in the words of ONVIF', () => {
    expect(probeMessage('x')).toContain('<d:Types>dn:NetworkVideoTransmitter</d:Types>');
  });
});
