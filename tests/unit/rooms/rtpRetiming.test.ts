import { describe, expect, it } from 'vitest';
import { ZERO_STAMP } from '../../../src/main/rooms/devices/cameraTimeline.ts';
import { clockRates, RtpRetiming } from '../../../src/main/rooms/devices/rtpRetiming.ts';

const SDP = [
  ...['v=0', 'm=video 0 RTP/AVP 96', 'a=rtpmap:96 H264/90000', 'a=control:trackID=0'],
  ...['m=audio 0 RTP/AVP 97 0', 'a=rtpmap:97 MPEG4-GENERIC/48000/1', ''],
].join('\r\n');

function rtp(type: number, stamp: number, payload = 'picture'): Buffer {
  const packet = Buffer.concat([Buffer.alloc(12), Buffer.from(payload)]);
  packet[0] = 0x80;
  packet[1] = type;
  packet.writeUInt16BE(77, 2);
  packet.writeUInt32BE(stamp, 4);
  return framed(packet);
}

function framed(...packets: readonly Buffer[]): Buffer {
  const body = Buffer.concat(packets);
  return Buffer.concat([Buffer.from([0x24, 0, body.length >> 8, body.length & 255]), body]);
}

function control(type: number, words: number): Buffer {
  const packet = Buffer.alloc(4 * (words + 1), 9);
  packet[0] = 0x80;
  packet[1] = type;
  packet.writeUInt16BE(words, 2);
  return packet;
}

describe('the stamps of interleaved media', () => {
  it('changes the stamp of a picture and nothing else', () => {
    const retiming = new RtpRetiming();
    retiming.describe(SDP);
    const frame = rtp(0x80 | 96, 1_234_567);
    const expected = Buffer.from(frame);
    expected.writeUInt32BE(ZERO_STAMP + 90_000, 8);
    expect(retiming.pass(frame, 1n)).toEqual(expected);
    expect(retiming.zeroNs()).toBe(1n - 1_000_000_000n);
  });

  it('leaves what it was told nothing about as it is', () => {
    const retiming = new RtpRetiming();
    retiming.describe(SDP);
    for (const type of [13, 98]) expect(retiming.pass(rtp(type, 5), 1n)).toEqual(rtp(type, 5));
    expect(new RtpRetiming().pass(rtp(96, 5), 1n)).toEqual(rtp(96, 5));
    expect(retiming.zeroNs()).toBeNull();
  });

  it('stamps sound by its own rate', () => {
    const retiming = new RtpRetiming();
    retiming.describe(SDP);
    expect(retiming.pass(rtp(97, 5), 1n)?.readUInt32BE(8)).toBe(ZERO_STAMP + 48_000);
  });

  it('knows that a packet of sound comes when its last sample was heard', () => {
    const retiming = new RtpRetiming();
    retiming.describe(SDP);
    // Packets of 20 ms, one of them after a pause.
    retiming.pass(rtp(0, 0xffff_ffff), 1_000_000_000n);
    retiming.pass(rtp(0, 159), 1_020_000_000n);
    retiming.pass(rtp(0, 479), 1_060_000_000n);
    expect(retiming.zeroNs()).toBe(1_000_000_000n - 1_000_000_000n - 20_000_000n);
  });

  it('takes out sender reports and keeps the rest of a compound', () => {
    const retiming = new RtpRetiming();
    retiming.describe(SDP);
    expect(retiming.pass(framed(control(200, 6)), 1n)).toBeNull();
    const bye = control(203, 1);
    expect(retiming.pass(framed(control(200, 6), control(202, 3), bye), 1n)).toEqual(framed(control(202, 3), bye));
  });

  it.each([
    [Buffer.from([0x24, 0, 0, 0])],
    [framed(Buffer.from([0x80, 96, 1]))],
    [framed(Buffer.from([0x80, 200, 255, 255]))],
  ])('survives what is too short', (frame) => {
    const retiming = new RtpRetiming();
    retiming.describe(SDP);
    expect(() => retiming.pass(frame, 1n)).not.toThrow();
  });

  it('reads clock rates from the session description', () => {
    expect([...clockRates(SDP)]).toEqual([
      [96, { rate: 90_000, sound: false }],
      [97, { rate: 48_000, sound: true }],
      [0, { rate: 8000, sound: true }],
    ]);
    expect([...clockRates('m=video 0 RTP/AVP 26\nm=video 0 RTP/AVP 99 100\na=rtpmap:99 X/1000\n')]).toEqual([
      [26, { rate: 90_000, sound: false }],
      [99, { rate: 1000, sound: false }],
      [100, { rate: 90_000, sound: false }],
    ]);
  });
});
