import type { CanonicalJson } from '../../shared/domain/canonical.ts';
import { type CopyPlan, uncovered } from './copyPlan.ts';
import { insetPlace, layout } from './layout.ts';

export type Edit = Readonly<Record<string, CanonicalJson>>;

/** Everything that was done to the masters, in order, as `copy.json` says it: whole numbers, ms of the interview. */
export function editList(plan: CopyPlan, label: string): Edit[] {
  const { width, height, framesPerSecond } = layout;
  const of = (track: string) => plan.inputs.filter((input) => input.track === track);
  const edits: Edit[] = [
    { type: 'picture', width, height, frames_per_second: framesPerSecond, full: plan.main, inset: plan.inset },
  ];
  if (plan.inset !== null) edits.push({ type: 'inset', track: plan.inset, ...insetPlace() });
  for (const input of plan.inputs) edits.push({ type: 'placed', file: input.file, at_ms: input.atMs });
  for (const track of [plan.main, plan.inset]) {
    if (track === null) continue;
    for (const [from_ms, to_ms] of uncovered(
      of(track).flatMap(({ covered }) => covered),
      plan.durationMs,
    )) {
      edits.push({ type: track === plan.main ? 'black' : 'inset-absent', track, from_ms, to_ms });
    }
  }
  if (plan.main === null) edits.push({ type: 'black', track: null, from_ms: 0, to_ms: plan.durationMs });
  edits.push({ type: 'sound-mixed', tracks: [...plan.sound], limit_percent: Math.round(layout.limit * 100) });
  for (const track of plan.sound) {
    const holes = uncovered(
      of(track).flatMap(({ covered }) => covered),
      plan.durationMs,
    );
    for (const [from_ms, to_ms] of holes) edits.push({ type: 'silent', track, from_ms, to_ms });
  }
  for (const track of plan.leftOut) edits.push({ type: 'left-out', track });
  edits.push({ type: 're-encoded', picture: 'h264', sound: 'aac' }, { type: 'label', text: label });
  return edits;
}
