import { largest, median, table, tell } from './figures.ts';
import { type KillKind, killKinds, type Trial } from './killTrial.ts';

/** Prints what kills cost; gives the largest loss of a track whose encoder was among what was killed, ms. */
export function tellKills(trials: readonly Trial[], seed: number): number {
  const hit = trials.flatMap(({ tracks }) => tracks.filter((track) => track.hit).map(({ lostMs }) => lostMs));
  const head = ['killed', 'times', 'pictures lost, ms', 'sound lost, ms', 'until it was back, ms'];
  const rows = killKinds.map((kind) => rowOf(kind, trials));
  tell(
    `Kills at random moments (seed ${seed}), each recovered, sealed and verified; median / largest`,
    `${table(head, rows)}\n\nAll ${hit.length} tracks whose encoder was killed: ${span(hit)} ms`,
  );
  return largest(hit);
}

const span = (values: readonly number[]): string =>
  values.length === 0 ? '–' : `${Math.round(median(values))} / ${Math.round(largest(values))}`;

function rowOf(kind: KillKind, trials: readonly Trial[]): (string | number)[] {
  const own = trials.filter((trial) => trial.kind === kind);
  const tracks = own
    .flatMap((trial) => trial.tracks)
    .filter(({ hit }) => hit || kind === 'shell' || kind === 'station');
  const lost = (id: string) => span(tracks.filter((track) => track.id === id).map(({ lostMs }) => lostMs));
  const away = tracks.flatMap(({ awayMs }) => awayMs ?? []);
  return [kind, own.length, lost('room'), lost('mic1'), span(away)];
}
