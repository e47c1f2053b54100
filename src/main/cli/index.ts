export { makeRoom, planNow } from './journey.ts';
export { makePeople } from './people.ts';
