import { PRACTICE_STATION } from '../../shared/domain/practice.ts';
import { writePracticePeople } from '../administration/index.ts';
import { makePeople, makeRoom, planNow } from '../cli/index.ts';
import type { Station } from '../composition.ts';

/** In three languages at once: a practice station is set up before anybody has chosen one. */
const NAME = 'Жаттығу · Тренировка · Practice';
const COURT = 'Дәлелдеме емес · Не доказательство · Not evidence';
const ROOM = 'Жаттығу бөлмесі · Учебная комната · Practice room';
const MINUTES = 30;

/**
 * Sets a new practice station up: an account a role, a room of practice devices, an interview that is due now. One that was
 * set up before stays as it is.
 */
export async function preparePractice(station: Station, now: Date): Promise<void> {
  if (station.configured()) return;
  const { accounts, seats } = await makePeople(station, {
    id: PRACTICE_STATION,
    name: NAME,
    court: COURT,
    names: {
      administrator: 'Асель (practice)',
      clerk: 'Сәуле (practice)',
      investigator: 'Айгерім (practice)',
      judge: 'Асқар (practice)',
      operator: 'Марат (practice)',
      auditor: 'Дана (practice)',
    },
  });
  await writePracticePeople(
    station.folder,
    accounts.map(({ role, password }) => ({ role, login: role, password })),
  );
  const room = await makeRoom(seats.administrator, ROOM);
  await planNow(seats.investigator, room, MINUTES, now);
}
