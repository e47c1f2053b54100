import { isContractProcedure } from '@orpc/contract';
import type { Seat } from '../../src/main/cli/seat.ts';
import { type Access, nobody } from '../../src/shared/contract/access.ts';
import { contract } from '../../src/shared/contract/index.ts';

/** One operation of the contract, as its metadata say. */
export interface TableEntry {
  /** `recording.begin` */
  readonly name: string;
  readonly area: string;
  readonly operation: string;
  readonly access: Access;
  readonly takesInput: boolean;
}

/** Every operation of the contract: read from the contract itself, so that a new one is walked too. */
export const table: readonly TableEntry[] = Object.entries(contract).flatMap(([area, operations]) =>
  Object.entries(operations).flatMap(([operation, procedure]): TableEntry[] => {
    if (!isContractProcedure(procedure)) throw new Error(`${area}.${operation} is no operation`);
    const { meta, inputSchema } = procedure['~orpc'];
    const access = 'access' in meta ? (meta['access'] as Access) : nobody;
    return [{ name: `${area}.${operation}`, area, operation, access, takesInput: inputSchema !== undefined }];
  }),
);

/** Calls an operation by its name with whatever input; gives its answer. */
export async function callByName(seat: Pick<Seat, 'client'>, entry: TableEntry, input: unknown): Promise<unknown> {
  const area: unknown = Reflect.get(seat.client, entry.area);
  if ((typeof area !== 'object' && typeof area !== 'function') || area === null) throw new Error(entry.area);
  const call: unknown = Reflect.get(area, entry.operation);
  if (typeof call !== 'function') throw new Error(entry.name);
  return (await Reflect.apply(call, undefined, [input])) as unknown;
}

/** The code that a call ends with, `ok` where it is answered. */
export async function codeOf(call: () => Promise<unknown>): Promise<string> {
  try {
    await call();
    return 'ok';
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string')
      return error.code;
    throw error;
  }
}
