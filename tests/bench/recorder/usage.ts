import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const ticks = Number(execFileSync('getconf', ['CLK_TCK']).toString());

/** CPU seconds that a process has used by itself, its children not counted. Linux only; 0 for one that is gone. */
export function cpuOf(pid: number): number {
  const fields = fieldsOf(pid);
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / ticks;
}

export const cpuOfAll = (pids: readonly number[]): number => pids.reduce((sum, pid) => sum + cpuOf(pid), 0);

/** Resident memory of a process in MiB. */
export function mibOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(textOf(`/proc/${pid}/status`))?.[1] ?? 0) / 1024;
}

/** Share of this machine's processors that was busy between two looks, from 0 to 1. */
export class Busy {
  #before = totals();

  /** Since the last look, or since it was made. */
  look(): number {
    const before = this.#before;
    this.#before = totals();
    const all = this.#before.all - before.all;
    return all === 0 ? 0 : 1 - (this.#before.idle - before.idle) / all;
  }
}

function totals(): { all: number; idle: number } {
  const [, ...figures] = (textOf('/proc/stat').split('\n')[0] ?? '').split(/\s+/);
  const numbers = figures.slice(0, 8).map(Number);
  return { all: numbers.reduce((sum, one) => sum + one, 0), idle: (numbers[3] ?? 0) + (numbers[4] ?? 0) };
}

const fieldsOf = (pid: number): string[] =>
  textOf(`/proc/${pid}/stat`)
    .replace(/^.*\) /, '')
    .split(' ');

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
