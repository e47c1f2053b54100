import type { ContractRouterClient } from '@orpc/contract';
import { accounts, keyRing, session } from './accounts.ts';
import { attachments, supplements } from './attachments.ts';
import { backup } from './backup.ts';
import { cases, interviews } from './cases.ts';
import { conducting } from './conducting.ts';
import { copies } from './copies.ts';
import { custody } from './custody.ts';
import { archive, exhibits } from './exhibits.ts';
import { hearings, playback } from './hearings.ts';
import { jurisdiction } from './jurisdiction.ts';
import { network } from './network.ts';
import { observers } from './observers.ts';
import { pairing } from './pairing.ts';
import { planning } from './planning.ts';
import { preparation } from './preparation.ts';
import { protocol } from './protocol.ts';
import { questions } from './questions.ts';
import { recording } from './recording.ts';
import { rooms } from './rooms.ts';
import { selfTest } from './selfTest.ts';
import { jobs, station } from './station.ts';
import { tablet } from './tablet.ts';
import { timestamps } from './timestamps.ts';
import { transcripts } from './transcripts.ts';

/** Every operation of the station: the one contract of all screens and of the command line. */
export const contract = {
  station,
  session,
  accounts,
  keyRing,
  cases,
  interviews,
  planning,
  rooms,
  selfTest,
  preparation,
  recording,
  conducting,
  observers,
  questions,
  tablet,
  pairing,
  network,
  exhibits,
  archive,
  copies,
  attachments,
  supplements,
  protocol,
  transcripts,
  hearings,
  playback,
  custody,
  timestamps,
  jurisdiction,
  backup,
  jobs,
};
export type Contract = typeof contract;
export type StationClient = ContractRouterClient<Contract>;
