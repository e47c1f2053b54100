import { describe, expect, it } from 'vitest';
import { clashes, nameProblem, printable } from '../../../src/main/verification/names.ts';

describe('names in a bag', () => {
  it.each(['data/record.json', 'data/tracks/room.2.mp4', 'bagit.txt', 'a/b/c-d_e'])('takes %s', (path) => {
    expect(nameProblem(path)).toBeNull();
  });

  it.each(['/etc/passwd', '../x', 'data/../../x', 'data\\x', 'C:/x', 'c:x', 'data/..'])('%s leads out', (path) => {
    expect(nameProblem(path)?.code).toBe('name-outside');
  });

  it.each(['', 'data//x', 'data/./x', 'data/x y', 'data/\u0440ecord.json', 'data/x\n', `data/${'x'.repeat(600)}`])(
    '%j is not allowed',
    (path) => {
      expect(nameProblem(path)?.code).toBe('name-not-allowed');
    },
  );

  it('finds names that are one file elsewhere', () => {
    expect(clashes(['data/a', 'data/b']).length).toBe(0);
    expect(clashes(['data/a', 'data/A'])[0]?.code).toBe('name-case');
    expect(clashes(['data/Tracks/a', 'data/tracks/b'])[0]?.code).toBe('name-case');
    expect(clashes(['data/a', 'data/a'])[0]?.code).toBe('name-twice');
    expect(clashes(['data/a', 'data/a/b'])[0]?.code).toBe('name-twice');
  });

  it('shows a hostile name without its control characters', () => {
    expect(printable('a\u001b[2Jb\u202e')).toBe('a?[2Jb?');
  });
});
