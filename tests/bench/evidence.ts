// What evidence costs: each file beside this one is a part, and one may be asked for alone by its name in BENCH_PART.
import { benchLog } from './evidence/log.ts';

export async function bench(): Promise<void> {
  await benchLog();
}
