import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  camerasOfNodes,
  parseAlsaSources,
  parseArecord,
  parsePulseSources,
  parseV4l2Sources,
} from '../../../src/main/rooms/devices/linuxListings.ts';
import { parseAvfoundation, parseDshow } from '../../../src/main/rooms/devices/otherListings.ts';
import { Device } from '../../../src/shared/domain/devices.ts';

const listing = (name: string): string =>
  readFileSync(new URL(`../../fixtures/listings/${name}.txt`, import.meta.url), 'utf8');
const brief = (devices: readonly Device[]): string[] => devices.map((d) => `${d.kind} ${d.address} | ${d.label}`);

describe('Linux listings', () => {
  it('puts microphones first and marks what only repeats the machine’s own sound', () => {
    const devices = parsePulseSources(listing('linux-pulse-sources'), listing('linux-pactl-short'));
    expect(devices.map(({ label, monitor }) => [label, monitor === true])).toEqual([
      ['Встроенное аудио Аналоговый стерео', false],
      ['Jabra SPEAK 510 USB [mono]', false],
      ['kishi_mikrofon', false],
      ['Monitor of Встроенное аудио Аналоговый стерео', true],
    ]);
  });

  it('finds nothing where no sound server answers', () => {
    expect(parsePulseSources(listing('linux-pulse-refused'))).toEqual([]);
  });

  it('reads v4l2, arecord and alsa', () => {
    expect(brief(parseV4l2Sources(listing('linux-v4l2-sources')))).toEqual([
      'camera /dev/video0 | Веб-камера HD: Веб-камера HD',
      'camera /dev/video2 | HD Pro Webcam C920',
    ]);
    expect(brief(parseArecord(listing('linux-arecord')))).toEqual([
      'microphone plughw:CARD=PCH,DEV=0 | HDA Intel PCH, ALC257 Analog',
      'microphone plughw:CARD=U0x46d0x825,DEV=0 | USB Device 0x46d:0x825, USB Audio',
    ]);
    expect(brief(parseAlsaSources(listing('linux-alsa-sources')))).toEqual([
      'microphone plughw:CARD=PCH,DEV=0 | HDA Intel PCH, ALC257 Analog',
    ]);
  });

  it('addresses a camera by what lasts: its serial number, or its socket when two are alike', () => {
    const node = (n: number, name: string, index = 0): Parameters<typeof camerasOfNodes>[0][number] => ({
      node: `video${n}`,
      name,
      index,
      byId: `/dev/v4l/by-id/usb-${name}-video-index${index}`,
      byPath: `/dev/v4l/by-path/usb-${n}`,
    });
    const one = [node(0, 'C920'), node(1, 'C920', 1)];
    expect(brief(camerasOfNodes(one))).toEqual(['camera /dev/v4l/by-id/usb-C920-video-index0 | C920']);
    expect(brief(camerasOfNodes([...one, node(2, 'C920')]))).toEqual([
      'camera /dev/v4l/by-path/usb-0 | C920 (video0)',
      'camera /dev/v4l/by-path/usb-2 | C920 (video2)',
    ]);
    expect(brief(camerasOfNodes([{ ...node(4, 'HD Cam: HD Cam'), byId: null, byPath: null }]))).toEqual([
      'camera /dev/video4 | HD Cam',
    ]);
  });
});

describe('Windows listings', () => {
  it('reads the one list of release 5 and later, two-headed devices in both kinds', () => {
    const devices = parseDshow(listing('windows-dshow-new'));
    expect(devices.map(({ kind, label }) => `${kind} ${label}`)).toEqual([
      'camera Integrated Camera',
      'camera Веб-камера: кабинет 2',
      'camera Decklink Video Capture',
      'microphone Decklink Video Capture',
      'microphone Микрофон (Realtek(R) Audio)',
    ]);
    expect(devices[1]?.address).toMatch(/^@device_pnp_\\\\\?\\usb#vid_046d[^:]*$/);
    expect(devices[2]?.address).toBe('Decklink Video Capture');
  });

  it('reads the prefix of release 7', () => {
    expect(parseDshow(listing('windows-dshow-7')).map(({ label }) => label)).toEqual([
      'USB2.0 HD UVC WebCam',
      'Microphone Array (AMD Audio Device)',
    ]);
  });

  it('reads the two lists of older releases', () => {
    expect(parseDshow(listing('windows-dshow-old')).map(({ kind, label }) => `${kind} ${label}`)).toEqual([
      'camera Камера ноутбука',
      'camera Blackmagic WDM Capture',
      'microphone Microphone (High Definition Audio Device)',
      'microphone Blackmagic WDM Capture',
    ]);
  });

  it('reads Windows line ends, and finds nothing where there is nothing', () => {
    const crlf = listing('windows-dshow-new').replaceAll('\n', '\r\n');
    expect(parseDshow(crlf)).toEqual(parseDshow(listing('windows-dshow-new')));
    expect(parseDshow(listing('windows-dshow-none'))).toEqual([]);
  });
});

describe('macOS listings', () => {
  it('takes names, but indices where ffmpeg would misread a name; no screens', () => {
    expect(brief(parseAvfoundation(listing('macos-avfoundation')))).toEqual([
      'camera FaceTime HD Camera | FaceTime HD Camera',
      'camera 1 | USB Camera',
      'camera 2 | USB Camera',
      'camera 3 | 4K Камера: зал',
      'microphone MacBook Pro Microphone | MacBook Pro Microphone',
      'microphone Внешний микрофон | Внешний микрофон',
      'microphone 2 | MacBook Pro',
    ]);
  });
});

describe('any text', () => {
  const parsers = [parsePulseSources, parseV4l2Sources, parseArecord, parseAlsaSources, parseDshow, parseAvfoundation];
  const piece = fc.constantFrom(
    '[dshow @ 0a] ',
    '"x"',
    ' (video)',
    ' (audio)',
    'card 0: ',
    '[',
    ']',
    '\n',
    '* ',
    'Alternative name "',
  );
  const text = fc.array(fc.oneof(piece, fc.string({ unit: 'binary' }))).map((pieces) => pieces.join(''));

  it('gives whole devices or none, and never throws', () => {
    fc.assert(
      fc.property(text, (garbage) => {
        for (const parse of parsers) for (const device of parse(garbage)) Device.parse(device);
      }),
      { numRuns: 300 },
    );
  });
});
