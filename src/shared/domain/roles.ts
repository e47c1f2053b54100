import { z } from 'zod';

/** What an account may do (PRODUCT, "Words"). A participant has a capacity, a child a status: other words, other lists. */
export const Role = z.enum(['investigator', 'operator', 'judge', 'clerk', 'auditor', 'administrator']);
export type Role = z.infer<typeof Role>;

/** Roles that may ever hold keys to recordings. Administrators, auditors and operators never do. */
export const keyHoldingRoles: readonly Role[] = ['investigator', 'judge', 'clerk'];

/** Roles that sign with a certificate of their own. */
export const signingRoles: readonly Role[] = ['investigator', 'judge', 'clerk'];

/** Screens without an account: paired by a code, with one narrow purpose. */
export const ScreenKind = z.enum(['desk', 'observer', 'interviewer', 'courtroom', 'child']);
export type ScreenKind = z.infer<typeof ScreenKind>;

/** What ties a person to a case, an interview, an exhibit or a hearing. Without one, any case is refused. */
export const Relation = z.enum(['assigned', 'offered', 'handed-over', 'admitted', 'presiding', 'attending']);
export type Relation = z.infer<typeof Relation>;
