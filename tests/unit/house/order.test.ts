import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { foldersUnder, ownFiles, root, textOf } from './tree.ts';

const files = ownFiles();
const text = files.filter((path) => /\.(ts|tsx|cts|mts|mjs|cjs|js|json|jsonc|md|yml|html|css|sh)$/.test(path));

/** Paths in prose and code marks that claim to be a place of this checkout. */
const claimed = /(?<![\w./-])((?:src|scripts|tests|docs|resources|bin|\.ci)\/[\w./-]*[\w/])/g;
const linked = /\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g;

function claimsOf(document: string): string[] {
  const prose = textOf(document);
  const claims = [...prose.matchAll(claimed)].map(([, path]) => path ?? '');
  const links = [...prose.matchAll(linked)].map(([, path]) => normalize(join(dirname(document), path ?? '')));
  return [...claims, ...links].filter((path) => path !== '' && !existsSync(join(root, path)));
}

describe('the documents', () => {
  const documents = files.filter((path) => path.endsWith('.md'));

  it('are found', () => {
    expect(documents.length).toBeGreaterThan(3);
  });

  it('name only places that exist', () => {
    const wrong = documents.flatMap((document) => claimsOf(document).map((path) => `${document}: ${path}`));
    expect(wrong).toEqual([]);
  });

  it('stand in each folder of station and screens', () => {
    const areas = [...foldersUnder('src/main'), ...foldersUnder('src/renderer')].filter(
      (folder) => folder.split('/').length === 3,
    );
    const mute = areas.filter((folder) => !existsSync(join(root, folder, 'README.md')));
    expect(mute).toEqual([]);
  });
});

describe('the sources', () => {
  it('have no file of more than 500 lines', () => {
    const sources = files.filter((path) => /^(src|tests|scripts)\/.*\.(ts|tsx|cts|mjs)$/.test(path));
    const long = sources.filter((path) => textOf(path).split('\n').length > 500);
    expect(sources.length).toBeGreaterThan(10);
    expect(long).toEqual([]);
  });

  it('name no folder of a particular machine and no package registry', () => {
    // Put together from pieces, so that this file is not its own finding.
    const machine = new RegExp(
      [
        ['(?<!\\w)/wo', 'rk/'],
        ['(?<!\\w)/ho', 'me/[a-z]'],
        ['(?<!\\w)/ro', 'ot/'],
        ['C:\\\\Us', 'ers'],
        ['registry\\.', '[a-z]+\\.'],
        ['_auth', 'Token'],
      ]
        .map((pieces) => pieces.join(''))
        .join('|'),
    );
    const found = text.filter((path) => path !== 'package-lock.json' && machine.test(textOf(path)));
    expect(found).toEqual([]);
    expect(machine.test(`see ${['/wo', 'rk/main'].join('')}`)).toBe(true);
  });
});

describe('the packages', () => {
  const Manifest = z.object({
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
    optionalDependencies: z.record(z.string(), z.string()),
  });

  it('are pinned to exact versions', () => {
    const manifest = Manifest.parse(JSON.parse(textOf('package.json')));
    const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
    expect(Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it('are locked by digest and without the address they were fetched from', () => {
    const lock = z
      .object({
        packages: z.record(z.string(), z.object({ resolved: z.string().optional(), integrity: z.string().optional() })),
      })
      .parse(JSON.parse(textOf('package-lock.json')));
    const packages = Object.entries(lock.packages).filter(([path]) => path !== '');
    expect(packages.filter(([, one]) => one.resolved !== undefined).map(([path]) => path)).toEqual([]);
    expect(packages.filter(([, one]) => one.integrity === undefined).map(([path]) => path)).toEqual([]);
  });
});
