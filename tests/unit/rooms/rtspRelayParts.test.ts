import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOwnPeer, peerOwner } from '../../../src/main/rooms/devices/loopbackPeer.ts';
import { authorization, type Challenge, chooseChallenge } from '../../../src/main/rooms/devices/rtspLogin.ts';
import { RtspReader, writeMessage } from '../../../src/main/rooms/devices/rtspMessages.ts';
import { RtspNames } from '../../../src/main/rooms/devices/rtspNames.ts';

const chosen = (...values: string[]): Challenge => {
  const challenge = chooseChallenge(values);
  if (challenge === null) throw new Error('nothing chosen');
  return challenge;
};

describe('answers to a challenge', () => {
  it('agree with the example of RFC 2617 §3.5', () => {
    const challenge = chosen(
      'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"',
    );
    const login = { user: 'Mufasa', password: 'Circle Of Life' };
    const request = { method: 'GET', uri: '/dir/index.html', count: 1 };
    const header = authorization(challenge, login, request, '0a4f113b');
    expect(header).toContain('response="6629fae49393a05397450978507c4ef1"');
    expect(header).toContain('nc=00000001');
    expect(header).toContain('opaque="5ccc069c403ebaf9f0171e9517f40e41"');
  });

  it('agree with the examples of RFC 7616 §3.9.1, and take SHA-256 before MD5 before Basic', () => {
    const nonce = 'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"';
    const common = `realm="http-auth@example.org", qop="auth, auth-int", ${nonce}, opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`;
    const sha = `Digest ${common}, algorithm=SHA-256`;
    const md5 = `Digest ${common}, algorithm=MD5`;
    const answer = (challenge: Challenge): string =>
      authorization(
        challenge,
        { user: 'Mufasa', password: 'Circle of Life' },
        { method: 'GET', uri: '/dir/index.html', count: 1 },
        'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
      );
    expect(answer(chosen('Basic realm="x"', md5, sha))).toContain(
      'response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"',
    );
    expect(answer(chosen('Basic realm="x"', md5))).toContain('response="8ca523f5e9506fed4657c9700eebdbec"');
    expect(chosen('Basic realm="x"').scheme).toBe('basic');
    expect(chooseChallenge(['Digest realm="x"', 'Negotiate', ''])).toBeNull();
  });

  it('carry names and passwords of any alphabet, and quotes', () => {
    const basic = authorization(
      { scheme: 'basic' },
      { user: 'Әсел', password: 'құпия' },
      { method: 'PLAY', uri: '*', count: 1 },
    );
    expect(Buffer.from(basic.slice(6), 'base64').toString()).toBe('Әсел:құпия');
    const digest = authorization(
      chosen('Digest realm="r", nonce="n"'),
      { user: 'a"b', password: 'x' },
      { method: 'PLAY', uri: '*', count: 1 },
    );
    expect(digest).toContain('username="a\\"b"');
    expect(digest).not.toContain('qop');
  });
});

describe('the reader', () => {
  const message = writeMessage(
    'RTSP/1.0 200 OK',
    [
      ['CSeq', '7'],
      ['Content-Type', 'application/sdp'],
    ],
    Buffer.from('v=0\r\n'),
  );
  const frame = Buffer.from([0x24, 0, 0, 5, 0x52, 0x54, 0x24, 0x0d, 0x0a]);
  const stream = Buffer.concat([message, frame, frame, Buffer.from('\r\n'), message, frame]);

  it('gives the same pieces however the bytes arrive', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (sizes) => {
        const reader = new RtspReader();
        const kinds: string[] = [];
        for (let at = 0, i = 0; at < stream.length; i++) {
          const size = sizes[i % sizes.length] ?? 1;
          for (const piece of reader.push(stream.subarray(at, at + size))) {
            kinds.push(piece.type);
            if (piece.type === 'frame') expect(piece.bytes.equals(frame)).toBe(true);
            else expect(piece.body.toString()).toBe('v=0\r\n');
          }
          at += size;
        }
        expect(kinds).toEqual(['message', 'frame', 'frame', 'message', 'frame']);
      }),
    );
  });

  it('refuses what never ends, and survives garbage', () => {
    expect(() => new RtspReader().push(Buffer.alloc(70_000, 'A'))).toThrow(RangeError);
    expect(() => new RtspReader().push(Buffer.from('RTSP/1.0 200 OK\r\nContent-Length: 99999999\r\n\r\n'))).toThrow(
      RangeError,
    );
    expect(new RtspReader().push(Buffer.from('\u0000\u0001zz')).length).toBe(0);
  });
});

describe('names for addresses', () => {
  const local = 'rtsp://127.0.0.1:4000/token';
  const camera = 'rtsp://cam/user=a_password=b/main';

  it('lead there and back, and show nothing of the camera', () => {
    const names = new RtspNames(local, camera);
    expect(names.toCamera(local)).toBe(camera);
    expect(names.toCamera(`${local}/trackID=0`)).toBe(`${camera}/trackID=0`);
    expect(names.toLocal(`${camera}/`)).toBe(`${local}/`);
    for (let i = 0; i < 12; i++) {
      const address = `rtsp://192.168.0.9:554/base${i}/`;
      const name = names.toLocal(address);
      expect(name).not.toContain('192.168');
      expect(names.toCamera(`${name}track`)).toBe(`${address}track`);
      expect(names.toLocal(address)).toBe(name);
    }
    expect(names.toCamera('rtsp://127.0.0.1:4000/other')).toBeNull();
  });

  it('stand in headers and session descriptions', () => {
    const names = new RtspNames(local, camera);
    const headers = names.headers([
      ['Content-Base', `${camera}/`],
      ['RTP-Info', `url=${camera}/trackID=0;seq=1,url=rtsp://other/x;seq=2`],
      ['Session', '1'],
    ]);
    expect(headers).toEqual([
      ['Content-Base', `${local}/`],
      ['RTP-Info', `url=${local}/trackID=0;seq=1,url=${local}.1;seq=2`],
      ['Session', '1'],
    ]);
    const sdp = `v=0\r\na=control:*\r\nm=video 0 RTP/AVP 96\r\na=control:${camera}/trackID=0\r\n`;
    const body = names.body([['content-type', 'application/sdp']], Buffer.from(sdp)).toString();
    expect(body).toBe(`v=0\r\na=control:*\r\nm=video 0 RTP/AVP 96\r\na=control:${local}/trackID=0\r\n`);
  });
});

describe('whose connection it is', () => {
  const row = '   3: 0100007F:C350 0100007F:0FA0 01 00000000:00000000 00:00000000 00000000  1000        0 4711 1\n';
  it('stands in the kernel’s table', async () => {
    expect(peerOwner(row, 4000, 50_000)).toBe(1000);
    expect(peerOwner(row, 50_000, 4000)).toBeNull();
    const uid = process.getuid?.() ?? 0;
    expect(await isOwnPeer(4000, 50_000, async () => row.replace(' 1000 ', ` ${uid} `))).toBe(true);
    expect(await isOwnPeer(4000, 50_000, async () => row.replace(' 1000 ', ` ${uid + 1} `))).toBe(
      process.getuid === undefined,
    );
    expect(await isOwnPeer(4000, 50_000, () => Promise.reject(new Error('no such file')))).toBe(true);
  });
});
