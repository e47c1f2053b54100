import { readFileSync } from 'node:fs';
import { Role } from '../../src/shared/domain/roles.ts';

export interface RouteRow {
  readonly path: string;
  /** Who may be there, the first first. */
  readonly roles: readonly Role[];
}

const ANYBODY: readonly Role[] = Role.options;

/** The routes of the screens with their roles, read off the router itself: a new screen is in the table by being routed. */
export function routeTable(): RouteRow[] {
  const text = readFileSync(new URL('../../src/renderer/app/routes.tsx', import.meta.url), 'utf8');
  const routes = [...text.matchAll(/(?:\{is\(([^)]*)\) \? \(?\s*)?<Route path="([^"]+)"/g)];
  const every = text.split('<Route path=').length - 1;
  if (routes.length !== every || every === 0) throw new Error(`${routes.length} of ${every} routes were understood`);
  return routes.map(([, roles, path = '']) => ({
    path,
    roles: roles === undefined ? ANYBODY : roles.split(',').map((role) => Role.parse(role.trim().replaceAll("'", ''))),
  }));
}
