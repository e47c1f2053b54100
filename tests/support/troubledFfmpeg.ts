import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What an ffmpeg that is started from now on does instead of its work, by what kind of source it is for. */
export type Trouble =
  | 'none'
  | 'garbage'
  | 'nothing'
  | 'ends'
  | 'black'
  | 'still'
  | 'silent'
  | 'tone'
  | 'loud'
  | 'noisy'
  | 'faint';

export interface TroubledFfmpeg {
  readonly path: string;
  make(kind: 'video' | 'audio', trouble: Trouble): void;
  remove(): void;
}

/**
 * A program that stands for ffmpeg: it is ffmpeg, except that for a simulated device it sends rubbish, nothing, or another picture or sound where
 * a test says so. Real processes and real pipes; only what the device would have sent is chosen.
 */
export function troubledFfmpeg(): TroubledFfmpeg {
  const folder = mkdtempSync(join(tmpdir(), 'bir-ret-ffmpeg-'));
  const path = join(folder, 'ffmpeg');
  writeFileSync(path, script(folder));
  chmodSync(path, 0o755);
  const make = (kind: 'video' | 'audio', trouble: Trouble): void => writeFileSync(join(folder, kind), trouble);
  make('video', 'none');
  make('audio', 'none');
  return { path, make, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

const script = (folder: string): string => `#!/bin/bash
kind=audio device=
for arg in "$@"; do [ "$arg" = -an ] && kind=video; [ "$arg" = -re ] && device=1; done
[ -n "$device" ] || exec ffmpeg "$@"
input=
case "$(cat '${folder}'/$kind)" in
  garbage) head -c 300000 /dev/urandom; exec sleep 60 ;;
  nothing) exec sleep 60 ;;
  ends) echo '[error] Input/output error' >&2; exit 1 ;;
  black) input='color=c=black:s=640x360:r=25' ;;
  still) input='smptebars=s=640x360:r=25' ;;
  silent) input='anullsrc=r=48000:cl=mono' ;;
  tone) input='sine=frequency=50:sample_rate=48000' ;;
  # An air conditioner at about −30 dBFS, and the same microphone with its gain nearly gone, at about −52 dBFS.
  noisy) input='aevalsrc=exprs=0.11*(random(0)-0.5):s=48000' ;;
  faint) input='aevalsrc=exprs=0.0087*(random(0)-0.5):s=48000' ;;
  loud) input='aevalsrc=exprs=5*sin(400*t)*sin(5*t):s=48000' ;;
esac
args=(); next=
for arg in "$@"; do
  if [ -n "$next" ] && [ -n "$input" ]; then args+=("$input"); else args+=("$arg"); fi
  next=; [ "$arg" = -i ] && next=1
done
exec ffmpeg "\${args[@]}"
`;
