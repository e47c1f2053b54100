import { leafHash } from '../../../src/main/custody/index.ts';
import { type OpenNodes, stretchOf } from '../../../src/main/custody/stretch.ts';
import { migrate, migrations, openDatabase } from '../../../src/main/database/index.ts';

export const ORIGIN = 'birret/bench/custody';
const PAGE = 1_024;
const PER_EXHIBIT = 40;

/**
 * Writes a database whose log has `count` events, at the speed of the disk: not one by one as a station does, but what is
 * in it is what a station would have written, which the check of the whole finds out. All of it was done by `actor`.
 */
export function longLog(path: string, count: number, actor = 'jud-k7'): void {
  const db = openDatabase(path);
  try {
    migrate(db, migrations, { backupTo: null, now: new Date(START) });
    for (const name of ['custody_events_in_order', 'custody_nodes_once']) db.exec(`DROP TRIGGER ${name}`);
    db.prepare('INSERT INTO custody_logs (id, origin) VALUES (1, ?)').run(ORIGIN);
    const event = db.prepare('INSERT INTO custody_events VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)');
    const node = db.prepare('INSERT INTO custody_nodes VALUES (1, ?, ?, ?)');
    let open: OpenNodes = [];
    let prev: string | null = null;
    let subjectPrev: string | null = null;
    db.transaction(() => {
      for (let from = 0; from < count; from += PAGE) {
        const leaves = Buffer.alloc(Math.min(PAGE, count - from) * 32);
        for (let index = from; index < Math.min(from + PAGE, count); index++) {
          const seq = index % PER_EXHIBIT;
          const one = eventOf({ index, seq, actor, prev, subjectPrev: seq === 0 ? null : subjectPrev });
          const hash = leafHash(one.bytes);
          hash.copy(leaves, (index - from) * 32);
          prev = hash.toString('hex');
          subjectPrev = prev;
          event.run(index, 'exhibit', one.id, seq, one.action, actor, one.at, one.bytes);
        }
        const stretch = stretchOf(from, leaves, open);
        for (const [level, { first, hashes }] of stretch.levels.entries()) {
          for (let at = 0; at < hashes.length; at += 32) node.run(level, first + at / 32, hashes.subarray(at, at + 32));
        }
        open = stretch.open;
      }
    })();
  } finally {
    db.close();
  }
}

const START = Date.parse('2026-11-21T10:14:00.000Z');

interface Made {
  readonly index: number;
  readonly seq: number;
  readonly actor: string;
  readonly prev: string | null;
  readonly subjectPrev: string | null;
}

function eventOf({ index, seq, actor, prev, subjectPrev }: Made) {
  const id = `st1-2026-${String(Math.floor(index / PER_EXHIBIT)).padStart(6, '0')}`;
  const action = index % 2 === 0 ? 'playback.played' : 'playback.closed';
  const at = new Date(START + index).toISOString();
  const salt = index.toString(16).padStart(32, '0');
  const quoted = (hash: string | null) => (hash === null ? 'null' : `"${hash}"`);
  const text = `{"action":"${action}","actor":{"id":"${actor}","role":"judge"},"at":"${at}","details":{"hearing":"h7c2m9","rate":100,"shown":[[${index},${index + 12}]]},"log":"${ORIGIN}","prev":${quoted(prev)},"salt":"${salt}","subject":{"id":"${id}","prev":${quoted(subjectPrev)},"seq":${seq},"type":"exhibit"},"v":1}`;
  return { id, action, at, bytes: Buffer.from(text) };
}
