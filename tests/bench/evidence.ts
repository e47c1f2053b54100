// What evidence costs: each part stands in a file of its own beside this one. BENCH_PART=verify runs that one alone.
import { benchLog } from './evidence/log.ts';
import { benchVault } from './evidence/vault.ts';
import { benchVerify } from './evidence/verify.ts';

const parts: Readonly<Record<string, () => Promise<void>>> = { log: benchLog, vault: benchVault, verify: benchVerify };

export async function bench(): Promise<void> {
  const wanted = process.env['BENCH_PART'];
  for (const [name, part] of Object.entries(parts)) if (wanted === undefined || wanted === name) await part();
}
