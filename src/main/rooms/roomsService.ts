import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { NetworkCamera, Room, SourceChoice } from '../../shared/contract/rooms.ts';
import {
  type MachineEncoder,
  plainRoom,
  RoomSettings,
  RtspCredentials,
  SourceConfig,
  type SourceSecrets,
} from '../../shared/domain/devices.ts';
import { Refusal } from '../../shared/errors.ts';
import type { CustodyLog } from '../custody/index.ts';
import { jsonColumn } from '../database/index.ts';
import type { Clock } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import { openSecret, sealSecret } from '../vault/index.ts';
import type { Discovery } from './devices/index.ts';
import { chooseSources } from './roomSources.ts';

const SealedLogins = z.record(z.string(), z.base64());
const RoomRow = z.strictObject({
  id: z.string(),
  name: z.string(),
  sources: jsonColumn(z.array(SourceConfig)),
  secrets: jsonColumn(SealedLogins),
  settings: jsonColumn(RoomSettings),
  changed_at: z.string(),
  removed_at: z.string().nullable(),
});
type RoomRow = z.infer<typeof RoomRow>;

export interface RoomsNeeds {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: () => Pick<CustodyLog, 'append'>;
  /** STATION_NOT_SET_UP before the set-up. */
  readonly stationRecipient: () => string;
  /** STATION_KEYS_LOCKED while nobody has opened them since the start. */
  readonly stationIdentity: () => string;
  /** Looks for the machine's devices; FFMPEG_MISSING and the like. */
  readonly discover: () => Promise<Discovery>;
  /** Whether this is a practice station, which has simulated devices alone. */
  readonly practice: () => boolean;
  /** What pictures are encoded with here; FFMPEG_MISSING and the like. */
  readonly encoder: () => Promise<MachineEncoder>;
  /** Cameras that answer on the network. */
  readonly network: () => Promise<NetworkCamera[]>;
}

/** How events name a person. */
interface Actor {
  readonly code: string;
  readonly role: string;
}

/** Rooms and what stands in them. A camera's password is kept as an age file to the station, apart from its address. */
export class RoomsService {
  readonly #needs: RoomsNeeds;

  constructor(needs: RoomsNeeds) {
    this.#needs = needs;
  }

  list(): Room[] {
    const rows = this.#needs.db.prepare('SELECT * FROM rooms WHERE removed_at IS NULL ORDER BY name, id').all();
    return z
      .array(RoomRow)
      .parse(rows)
      .map((row) => this.#view(row));
  }

  /** What this machine has to record with, and in words for the technician what could not be listed. */
  async discover(): Promise<{
    devices: Discovery['devices'];
    problems: string[];
    encoder: MachineEncoder;
    network: NetworkCamera[];
  }> {
    const { discover, encoder, network } = this.#needs;
    const [{ devices, unavailable }, chosen, cameras] = await Promise.all([discover(), encoder(), network()]);
    const problems = unavailable.map(({ backend, reason }) => `${backend}: ${reason}`);
    return { devices, problems, encoder: chosen, network: cameras };
  }

  /**
   * Makes a room (`id` null) or changes one. A network camera's credentials are sealed to the station; null keeps those
   * that are stored for the same address. Settings that are not given stay as they are. ROOM_UNKNOWN, NAME_TAKEN, ROOM_INCOMPLETE, DEVICE_MISSING,
   * DEVICE_ADDRESS_INVALID, PRACTICE_DEVICES_ONLY; ROOM_BUSY while an interview is prepared or recorded in it.
   */
  async save(
    input: {
      id: string | null;
      name: string;
      sources: readonly z.infer<typeof SourceChoice>[];
      settings?: RoomSettings | null;
    },
    by: Actor,
  ): Promise<Room> {
    const { db, clock, log, stationRecipient } = this.#needs;
    const { sources, credentials } = chooseSources(input.sources, this.#needs.practice());
    const fresh: Record<string, string> = {};
    for (const [address, login] of credentials) {
      const sealed = await sealSecret(Buffer.from(JSON.stringify(login), 'utf8'), [stationRecipient()]);
      fresh[address] = sealed.toString('base64');
    }
    return db
      .transaction(() => {
        const before = input.id === null ? null : this.#get(input.id);
        if (before !== null && before.removed_at !== null) throw new Refusal('ROOM_UNKNOWN');
        if (before !== null) this.#refuseIfBusy(before, ['ready', 'recording']);
        const id = before?.id ?? newId();
        const name = input.name.normalize('NFC');
        this.#refuseTakenName(name, id);
        const secrets = loginsOf(sources, { ...before?.secrets, ...fresh });
        const settings = input.settings ?? before?.settings ?? plainRoom;
        this.#write({ id, name, sources, secrets, settings, at: clock.now().toISOString() });
        log().append({
          action: 'room.changed',
          actor: { id: by.code, role: by.role },
          details: {
            sources: sources.map(({ place, device }) => ({
              place,
              backend: device.backend,
              simulated: device.simulated,
            })),
            pre_record: settings.preRecord,
            burned_clock: settings.burnedClock,
          },
          subject: { type: 'room', id },
        });
        return this.#view(this.#get(id));
      })
      .immediate();
  }

  /** Takes a room off the list. ROOM_UNKNOWN; ROOM_BUSY with the exhibit number while an interview is planned in it. */
  remove(id: string, by: Actor): void {
    const { db, clock, log } = this.#needs;
    db.transaction(() => {
      const row = this.#get(id);
      if (row.removed_at !== null) throw new Refusal('ROOM_UNKNOWN');
      this.#refuseIfBusy(row, ['planned', 'ready', 'recording']);
      db.prepare("UPDATE rooms SET removed_at = ?, secrets = '{}' WHERE id = ?").run(clock.now().toISOString(), id);
      log().append({
        action: 'room.removed',
        actor: { id: by.code, role: by.role },
        details: {},
        subject: { type: 'room', id },
      });
    }).immediate();
  }

  /**
   * What the recorder opens: the sources, the cameras' credentials by address, and how the room records. Also for a room that was taken off the
   * list since. ROOM_UNKNOWN, ROOM_INCOMPLETE; STATION_KEYS_LOCKED where there are credentials and nobody has opened
   * the station's keys.
   */
  async sourcesFor(id: string): Promise<{ sources: SourceConfig[]; secrets: SourceSecrets; settings: RoomSettings }> {
    const row = this.#get(id);
    if (row.sources.length === 0) throw new Refusal('ROOM_INCOMPLETE', { place: 'room' });
    const secrets: SourceSecrets = {};
    for (const [address, sealed] of Object.entries(row.secrets)) {
      const plain = await openSecret(Buffer.from(sealed, 'base64'), this.#needs.stationIdentity());
      secrets[address] = RtspCredentials.parse(JSON.parse(plain.toString('utf8')));
    }
    return { sources: row.sources, secrets, settings: row.settings };
  }

  #get(id: string): RoomRow {
    const row = this.#needs.db.prepare('SELECT * FROM rooms WHERE id = ?').get(id);
    if (row === undefined) throw new Refusal('ROOM_UNKNOWN');
    return RoomRow.parse(row);
  }

  #view(row: RoomRow): Room {
    return {
      id: row.id,
      name: row.name,
      sources: row.sources,
      settings: row.settings,
      simulated: row.sources.some((source) => source.device.simulated),
      busyWith: this.#interviewIn(row.id, ['ready', 'recording'])?.id ?? null,
    };
  }

  #refuseIfBusy(row: RoomRow, states: readonly string[]): void {
    const interview = this.#interviewIn(row.id, states);
    if (interview !== null) throw new Refusal('ROOM_BUSY', { room: row.name, exhibit: interview.exhibit });
  }

  #interviewIn(room: string, states: readonly string[]): { id: string; exhibit: string } | null {
    const row = this.#needs.db
      .prepare(
        `SELECT id, exhibit FROM interviews WHERE room_id = ? AND state IN (SELECT value FROM json_each(?))
         ORDER BY planned_at`,
      )
      .get(room, JSON.stringify(states));
    return row === undefined ? null : z.strictObject({ id: z.string(), exhibit: z.string() }).parse(row);
  }

  #refuseTakenName(name: string, id: string): void {
    const taken = this.#needs.db
      .prepare('SELECT 1 FROM rooms WHERE name = ? AND id <> ? AND removed_at IS NULL')
      .get(name, id);
    if (taken !== undefined) throw new Refusal('NAME_TAKEN', { name });
  }

  #write(row: {
    id: string;
    name: string;
    sources: unknown;
    secrets: unknown;
    settings: RoomSettings;
    at: string;
  }): void {
    this.#needs.db
      .prepare(
        `INSERT INTO rooms (id, name, sources, secrets, settings, changed_at)
         VALUES (@id, @name, @sources, @secrets, @settings, @at)
         ON CONFLICT (id) DO UPDATE
         SET name = @name, sources = @sources, secrets = @secrets, settings = @settings, changed_at = @at`,
      )
      .run({
        ...row,
        sources: JSON.stringify(row.sources),
        secrets: JSON.stringify(row.secrets),
        settings: JSON.stringify(row.settings),
      });
  }
}

/** Only what a source of the room still needs is kept. */
function loginsOf(sources: readonly SourceConfig[], all: Readonly<Record<string, string>>): Record<string, string> {
  const addresses = new Set(
    sources.filter(({ device }) => device.backend === 'rtsp').map(({ device }) => device.address),
  );
  return Object.fromEntries(Object.entries(all).filter(([address]) => addresses.has(address)));
}
