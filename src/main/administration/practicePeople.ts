import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Role } from '../../shared/domain/roles.ts';
import { writeFileDurably } from '../platform/files.ts';

/** The accounts of a practice station. Their passwords protect nothing and stand on its door. */
const PracticePeople = z.array(z.strictObject({ role: Role, login: z.string(), password: z.string() }));
export type PracticePeople = z.infer<typeof PracticePeople>;

const NAME = 'practice.json';

/** Keeps them in the station's folder. */
export async function writePracticePeople(folder: string, people: PracticePeople): Promise<void> {
  await writeFileDurably(join(folder, NAME), `${JSON.stringify(people)}\n`, 0o600);
}

/** As they were kept; none where there is no such file or it cannot be read: then people sign in by hand. */
export function readPracticePeople(folder: string): PracticePeople {
  try {
    return PracticePeople.parse(JSON.parse(readFileSync(join(folder, NAME), 'utf8')));
  } catch {
    return [];
  }
}
