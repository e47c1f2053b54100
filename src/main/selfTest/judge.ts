import type { Finding } from '../../shared/domain/liveState.ts';
import {
  type Light,
  type PictureMeasure,
  type SoundMeasure,
  type TestFinding,
  type TestFindingCode,
  worst,
} from '../../shared/domain/selfTest.ts';

/** What came of one source: how long it sent, what was measured in it, and what the recorder itself remarked. */
export interface Played {
  readonly kind: 'video' | 'audio';
  readonly durationMs: number;
  readonly problems: number;
  readonly picture: PictureMeasure | null;
  readonly sound: SoundMeasure | null;
  /** From the recorder, which sees pictures and hears sound before they are encoded. */
  readonly live: readonly Finding[];
}

/** What the source is like when all is well, or null while nobody has said so. */
export interface Usual {
  readonly picture: PictureMeasure | null;
  readonly sound: SoundMeasure | null;
}

export interface Judgement {
  readonly light: Light;
  readonly findings: readonly TestFinding[];
}

/** Less than this of the five seconds is said. */
const ENOUGH_MS = 4000;
const DARK = { luma: 16, contrast: 6 } as const;
/** Real pictures of any room have far more; a covered lens, a wall of fog or a test colour has less. */
const PLAIN_CONTRAST = 4;
const GLARING_LUMA = 235;
/** What an encoder changes of a picture that stands still is below this in the middle of all steps. */
const STILL_CHANGE = 0.005;
const FEW_FPS = { amber: 15, red: 5 } as const;
const SLOWER = 0.8;
const LIGHTER = { darker: 0.6, brighter: 1.6 } as const;
const SOFTER = 0.6;
const SILENT_DB = -90;
const FAINT_DB = -65;
const QUIETER_DB = { amber: 10, red: 20 } as const;
const NOISIER_DB = 15;
const CLIPPED = 0.001;
const HUM = { share: 0.4, db: -60 } as const;
const DC = 0.02;
/** Below this, differences between two noise floors say nothing: the encoder's own is there. */
const LOWEST_FLOOR_DB = -85;

/** Holds what was played back to what any recording needs, and to the base line where there is one. Pure. */
export function judge(played: Played, usual: Usual | null): Judgement {
  const findings = [...(played.kind === 'video' ? ofPicture(played, usual) : ofSound(played, usual))];
  return { light: worst(findings.map(({ light }) => light)), findings };
}

const found = (code: TestFindingCode, light: Light, params: TestFinding['params'] = {}): TestFinding => ({
  code,
  light,
  params,
});

function* ofPicture(played: Played, usual: Usual | null): Generator<TestFinding> {
  const { picture } = played;
  if (picture === null) {
    yield played.durationMs === 0 ? found('nothing-sent', 'red') : found('damaged', 'red');
    return;
  }
  yield* ofDelivery(played);
  if (picture.luma < DARK.luma && picture.contrast < DARK.contrast) yield found('black', 'red');
  else if (picture.contrast < PLAIN_CONTRAST) yield found('uniform', 'red');
  else if (played.live.includes('frozen')) yield found('frozen', 'red');
  else if (picture.change < STILL_CHANGE) yield found('still', 'amber');
  if (picture.luma > GLARING_LUMA) yield found('glaring', 'amber');
  const before = usual?.picture ?? null;
  const few = picture.fps < FEW_FPS.amber && (before === null || picture.fps < before.fps * SLOWER);
  if (few || (before !== null && picture.fps < before.fps * SLOWER)) {
    const params = { fps: Math.round(picture.fps), usual: Math.round(before?.fps ?? 25) };
    yield found('few-pictures', picture.fps < FEW_FPS.red ? 'red' : 'amber', params);
  }
  if (before !== null) yield* againstUsualPicture(picture, before);
}

function* againstUsualPicture(picture: PictureMeasure, before: PictureMeasure): Generator<TestFinding> {
  if (picture.width !== before.width || picture.height !== before.height) {
    const size = `${picture.width} × ${picture.height}`;
    yield found('size-changed', 'amber', { size, usual: `${before.width} × ${before.height}` });
  }
  const share = before.luma === 0 ? 1 : picture.luma / before.luma;
  const percent = Math.round(Math.abs(share - 1) * 100);
  if (share < LIGHTER.darker) yield found('darker', 'amber', { percent });
  else if (share > LIGHTER.brighter) yield found('brighter', 'amber', { percent });
  // A picture that is much darker has less of everything, sharpness too: that is said once.
  else if (picture.sharpness < before.sharpness * SOFTER) yield found('blurred', 'amber');
}

function* ofSound(played: Played, usual: Usual | null): Generator<TestFinding> {
  const { sound } = played;
  if (sound === null) {
    yield played.durationMs === 0 ? found('nothing-sent', 'red') : found('damaged', 'red');
    return;
  }
  yield* ofDelivery(played);
  if (sound.peak <= SILENT_DB) {
    yield found('silent', 'red');
    return;
  }
  const before = usual?.sound ?? null;
  if (before !== null) yield* againstUsualSound(sound, before);
  else if (sound.rms < FAINT_DB) yield found('faint', 'amber', { db: Math.round(sound.rms) });
  if (sound.clipped > CLIPPED) yield found('clipping', 'amber');
  if (sound.hum > HUM.share && sound.humDb > HUM.db) {
    yield found('hum', 'amber', { percent: Math.round(sound.hum * 100) });
  }
  if (sound.dc > DC) yield found('dc', 'amber');
}

function* againstUsualSound(sound: SoundMeasure, before: SoundMeasure): Generator<TestFinding> {
  const floor = (one: SoundMeasure) => Math.max(LOWEST_FLOOR_DB, one.floor);
  const less = Math.round(floor(before) - floor(sound));
  if (less >= QUIETER_DB.amber) {
    yield found('quieter', less >= QUIETER_DB.red ? 'red' : 'amber', { db: less });
  } else if (-less >= NOISIER_DB) yield found('noisier', 'amber', { db: -less });
}

function* ofDelivery({ durationMs, problems }: Played): Generator<TestFinding> {
  if (problems > 0) yield found('damaged', 'red');
  if (durationMs < ENOUGH_MS) yield found('too-little', 'amber', { seconds: Math.round(durationMs / 100) / 10 });
}
