import { defineConfig } from 'vitest/config';

/**
 * The kinds of tests, each a project of its own (`vitest run --project unit`). Two workers at most: ffmpeg and browsers need
 * the rest of the machine. Those that measure time, kill processes or drive a screen run one file after another.
 */
const kinds = [
  { name: 'unit', parallel: true },
  { name: 'integration', parallel: true },
  { name: 'faults', parallel: false },
  { name: 'security', parallel: true },
  { name: 'e2e', parallel: false },
] as const;

export default defineConfig({
  test: {
    maxWorkers: 2,
    globalSetup: 'tests/support/prepared.ts',
    projects: kinds.map(({ name, parallel }, order) => ({
      extends: true,
      test: {
        name,
        include: [`tests/${name}/**/*.test.ts`, `tests/${name}/**/*.test.tsx`],
        environment: 'node',
        testTimeout: 180_000,
        hookTimeout: 120_000,
        teardownTimeout: 20_000,
        fileParallelism: parallel,
        sequence: { groupOrder: order },
      },
    })),
  },
});
