import { OtherLogs } from './otherLogs.ts';
import { OwnHeads } from './ownHeads.ts';
import { WitnessKeys, type WitnessNeeds } from './witnessKeys.ts';
import { WitnessStore } from './witnessStore.ts';

/** Witnesses both ways: whose keys we go by, our heads on their way to them, and the heads of others that come to us. */
export interface Witnesses {
  readonly keys: WitnessKeys;
  readonly own: OwnHeads;
  readonly others: OtherLogs;
}

export function newWitnesses(needs: WitnessNeeds): Witnesses {
  const store = new WitnessStore(needs.db);
  const keys = new WitnessKeys(needs, store);
  return { keys, own: new OwnHeads(needs, store, keys), others: new OtherLogs(needs, store, keys) };
}
