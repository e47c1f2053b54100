import { z } from 'zod';

/** A column that holds JSON text: parsed and checked against `shape` when the row is read. */
export function jsonColumn<T extends z.ZodType>(shape: T) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'not JSON' });
        return z.NEVER;
      }
    })
    .pipe(shape);
}

/** A BLOB column. */
export const blob = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
/** A yes-or-no column: SQLite knows 0 and 1. */
export const flag = z.union([z.literal(0), z.literal(1)]).transform((value) => value === 1);
