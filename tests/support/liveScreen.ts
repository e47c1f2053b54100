import type { BrowserContextOptions, Page } from 'playwright';
import { allRunning, planNow } from '../../src/main/cli/journey.ts';
import { type DemoPeople, demoLogin } from '../../src/main/cli/people.ts';
import type { RunningStation } from '../../src/main/runStation.ts';
import type { Interview } from '../../src/shared/contract/cases.ts';
import type { Role } from '../../src/shared/domain/roles.ts';
import { preparedPeople, seated } from './preparedPeople.ts';
import { browserAt, runWithScreens, type StationBrowser, signInAt } from './stationBrowser.ts';
import { newStationFolder } from './stationFolder.ts';
import { simulatedChoices } from './testCases.ts';

export { whyNoScreens } from './stationBrowser.ts';

/** A station with a room of simulated devices, and a browser for its screens. */
export interface OpenScreens extends Omit<StationBrowser, 'close'> {
  readonly running: RunningStation;
  readonly people: DemoPeople;
  /** The room's id. */
  readonly room: string;
  passwordOf(role: Role): string;
  /** A window of its own for one person, signed in, at `path`. */
  seat(role: Role, path: string, more?: BrowserContextOptions): Promise<Page>;
  end(): Promise<void>;
}

/** The same with an interview that is prepared. */
export interface LiveScreens extends OpenScreens {
  readonly interview: Interview;
  /** Starts the recording. */
  begin(): Promise<void>;
}

interface ScreensAt {
  /** The folders that it will be recorded to; the station's own where none are given. */
  readonly targets?: readonly string[];
  /** How long a change of the court's keys waits for what is being closed to the old ones. */
  readonly keysSettleMs?: number;
}

/** Prepares an interview: its room runs and nothing is recorded yet. */
export async function liveScreens(at: ScreensAt = {}): Promise<LiveScreens> {
  const screens = await openScreens(at);
  try {
    const officer = screens.people.seats.investigator;
    const interview = await planNow(officer, screens.room, 30, new Date());
    await officer.client.recording.prepare({ interview: interview.id });
    await allRunning(officer, interview.id);
    return {
      ...screens,
      interview,
      begin: async () => {
        await officer.client.recording.begin({ interview: interview.id, singleTargetConfirmed: false });
      },
    };
  } catch (error) {
    await screens.end();
    throw error;
  }
}

/** Opens a station whose room nobody has planned for. */
export async function openScreens({ targets, ...running }: ScreensAt = {}): Promise<OpenScreens> {
  const folder = await newStationFolder();
  const ends: (() => Promise<void>)[] = [() => folder.end()];
  const end = async () => {
    for (const one of ends.splice(0).reverse()) await one();
  };
  try {
    const told = await preparedPeople(folder.path);
    const station = await runWithScreens(folder.path, running);
    ends.push(() => station.stop());
    const people = await seated(station.station, told);
    const { client } = people.seats.administrator;
    const sources = simulatedChoices('room', 'face', 'mic1', 'mic2');
    const { id: room } = await client.rooms.save({ id: null, name: 'Room 1', sources });
    if (targets !== undefined) await client.station.setTargets({ paths: [...targets] });
    const browser = await browserAt(station);
    ends.push(() => browser.close());
    const passwordOf = (role: Role) => people.accounts.find((one) => one.role === role)?.password ?? '';
    return {
      ...browser,
      ...{ running: station, people, room, passwordOf, end },
      seat: async (role, path, more) => {
        const page = await browser.desk(role, more);
        await signInAt(page, demoLogin(role), passwordOf(role));
        await page.getByRole('navigation').waitFor();
        await page.goto(`${station.origin}${path}`);
        return page;
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/** How many live pictures of a page play at this moment. */
export const picturesPlaying = (page: Page) =>
  page.evaluate<number>(
    `[...document.querySelectorAll('video')].filter((one) => one.currentTime > 0 && one.readyState >= 2).length`,
  );
