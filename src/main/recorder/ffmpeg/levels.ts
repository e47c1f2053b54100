import type { Level } from '../../../shared/domain/liveState.ts';

/** Digital silence has no level (`-inf`); this stands for it. */
const SILENCE = -120;
const NAMES: Readonly<Record<string, keyof Level>> = {
  'lavfi.astats.Overall.Peak_level': 'peak',
  'lavfi.astats.Overall.RMS_level': 'rms',
};

/** Reads what `astats` + `ametadata=mode=print` write: a level for each pair of peak and RMS lines, in dBFS. */
export class LevelReader {
  #rest = '';
  #level: Partial<Record<keyof Level, number>> = {};

  push(chunk: Buffer | string): Level[] {
    const lines = (this.#rest + chunk.toString()).split('\n');
    this.#rest = (lines.pop() ?? '').slice(0, 4096);
    const found: Level[] = [];
    for (const line of lines) {
      if (line.startsWith('frame:')) this.#level = {};
      const at = line.indexOf('=');
      const name = at < 0 ? undefined : NAMES[line.slice(0, at)];
      if (name === undefined) continue;
      const value = Number(line.slice(at + 1).trim());
      this.#level[name] = Number.isFinite(value) ? Math.max(SILENCE, Math.round(value * 10) / 10) : SILENCE;
      const { rms, peak } = this.#level;
      if (rms !== undefined && peak !== undefined) {
        found.push({ rms, peak });
        this.#level = {};
      }
    }
    return found;
  }
}
