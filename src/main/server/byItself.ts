import { contract } from '../../shared/contract/index.ts';

/**
 * Whether the operation under this address (`/rpc/recording/live`) is one that screens ask by themselves, as its entry in
 * the contract says. False for an address that is no operation's.
 */
export function asksByItself(path: string): boolean {
  const [, prefix, area, name, ...further] = path.split('/');
  if (prefix !== 'rpc' || area === undefined || name === undefined || further.length > 0) return false;
  const operations: Readonly<Record<string, Operation>> | undefined = Object.hasOwn(contract, area)
    ? contract[area as keyof typeof contract]
    : undefined;
  if (operations === undefined || !Object.hasOwn(operations, name)) return false;
  return operations[name]?.['~orpc'].meta.access.byItself === true;
}

interface Operation {
  readonly '~orpc': { readonly meta: { readonly access: { readonly byItself?: boolean } } };
}
