import { SegmentLine } from '../../shared/evidence/record.ts';
import type { CheckReason } from '../../shared/evidence/verification.ts';
import { parseJson } from './json.ts';
import { textLines } from './textLines.ts';

/** A part's segment lines: the exact bytes (leaf inputs of its tree) and what they say. */
export interface SegmentLines {
  readonly raw: readonly Buffer[];
  readonly lines: readonly SegmentLine[];
}

/**
 * Reads `<part>.segments.jsonl` (EVIDENCE-FORMAT §1): canonical lines, numbered from 0, contiguous from offset 0, line 0
 * the initialisation section without duration, starts that never go back.
 */
export function readSegmentLines(file: string, bytes: Uint8Array): SegmentLines | { problem: CheckReason } {
  const cut = textLines(file, bytes);
  if ('problem' in cut) return cut;
  const lines: SegmentLine[] = [];
  let offset = 0;
  let earliest = 0;
  for (const [index, raw] of cut.lines.entries()) {
    const at = (code: CheckReason['code']): { problem: CheckReason } => ({
      problem: { code, params: { file, line: index + 1 } },
    });
    const parsed = parseJson(file, raw, SegmentLine);
    if ('problem' in parsed) return at('line-malformed');
    const line = parsed.value;
    if (line.i !== index || line.start_ms < earliest) return at('segment-order');
    if (index === 0 && (line.duration_ms !== 0 || line.start_ms !== 0)) return at('segment-order');
    if (line.offset !== offset || line.length === 0) return at('segment-cover');
    offset += line.length;
    earliest = line.start_ms;
    lines.push(line);
  }
  if (lines.length === 0) return { problem: { code: 'line-malformed', params: { file, line: 1 } } };
  return { raw: cut.lines, lines };
}
