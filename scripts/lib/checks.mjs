// The checks that need no running product; each counts as one test.
import { toolFile } from './place.mjs';

export const checks = [
  { name: 'types of station and tests', tool: toolFile('typescript', 'bin/tsc'), args: ['-p', 'tsconfig.json'] },
  { name: 'types of the screens', tool: toolFile('typescript', 'bin/tsc'), args: ['-p', 'tsconfig.renderer.json'] },
  {
    name: 'lint and format (Biome)',
    tool: toolFile('@biomejs/biome', 'bin/biome'),
    args: ['check', '--error-on-warnings', '.'],
  },
  {
    name: 'arrows between the areas (dependency-cruiser)',
    tool: toolFile('dependency-cruiser', 'bin/dependency-cruiser.mjs'),
    args: ['--config', '.dependency-cruiser.cjs', '--output-type', 'err', 'src'],
  },
  { name: 'nothing unused (knip)', tool: toolFile('knip', 'bin/knip.js'), args: ['--no-progress'] },
];
