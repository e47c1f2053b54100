import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  consistencyProof,
  emptyRoot,
  inclusionProof,
  leafHash,
  MerkleTree,
  nodesOf,
  rootAtSizes,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from '../../../src/main/custody/index.ts';

/** The leaves and roots of certificate transparency's own test data. */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
  (hex) => Buffer.from(hex, 'hex'),
);
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();

/** RFC 6962 §2.1, word for word and slowly. */
function slowRoot(leaves: readonly Uint8Array[]): Buffer {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return sha256(Buffer.of(0), leaves[0] ?? Buffer.of());
  const split = splitOf(leaves.length);
  return sha256(Buffer.of(1), slowRoot(leaves.slice(0, split)), slowRoot(leaves.slice(split)));
}

/** RFC 6962 §2.1.1. */
function slowPath(index: number, leaves: readonly Uint8Array[]): Buffer[] {
  if (leaves.length === 1) return [];
  const split = splitOf(leaves.length);
  if (index < split) return [...slowPath(index, leaves.slice(0, split)), slowRoot(leaves.slice(split))];
  return [...slowPath(index - split, leaves.slice(split)), slowRoot(leaves.slice(0, split))];
}

/** RFC 6962 §2.1.2. */
function slowProof(older: number, leaves: readonly Uint8Array[], whole: boolean): Buffer[] {
  if (older === leaves.length) return whole ? [] : [slowRoot(leaves)];
  const split = splitOf(leaves.length);
  if (older <= split) return [...slowProof(older, leaves.slice(0, split), whole), slowRoot(leaves.slice(split))];
  return [...slowProof(older - split, leaves.slice(split), false), slowRoot(leaves.slice(0, split))];
}

function splitOf(count: number): number {
  return 2 ** (Math.ceil(Math.log2(count)) - 1);
}

const leavesOf = (count: number) => Array.from({ length: count }, (_, i) => Buffer.from(`leaf ${i}`));

describe('the Merkle tree', () => {
  it.each(ROOTS.map((root, size) => ({ size, root })))('has the known root at size $size', ({ size, root }) => {
    const tree = new MerkleTree();
    for (const leaf of LEAVES.slice(0, size)) tree.append(leaf);
    expect(tree.size).toBe(size);
    expect(tree.root().toString('hex')).toBe(root);
    expect(rootOf(nodesOf(LEAVES), size).toString('hex')).toBe(root);
  });

  it('has the known proofs of RFC 6962 §2.1.3', () => {
    const [a, b, c, d, e, f, g] = leavesOf(7).map(leafHash);
    const node = (left?: Uint8Array, right?: Uint8Array) =>
      sha256(Buffer.of(1), left ?? Buffer.of(), right ?? Buffer.of());
    const nodes = nodesOf(leavesOf(7));
    const [ab, cd, ef] = [node(a, b), node(c, d), node(e, f)];
    expect(inclusionProof(nodes, 0, 7)).toEqual([b, cd, node(ef, g)]);
    expect(inclusionProof(nodes, 3, 7)).toEqual([c, ab, node(ef, g)]);
    expect(inclusionProof(nodes, 6, 7)).toEqual([ef, node(ab, cd)]);
    expect(consistencyProof(nodes, 3, 7)).toEqual([c, d, ab, node(ef, g)]);
    expect(consistencyProof(nodes, 4, 7)).toEqual([node(ef, g)]);
    expect(consistencyProof(nodes, 6, 7)).toEqual([ef, g, node(ab, cd)]);
  });

  it('agrees with the slow one at every size, leaf and earlier size up to 40', () => {
    for (let size = 1; size <= 40; size++) {
      const leaves = leavesOf(size);
      const nodes = nodesOf(leaves);
      const root = slowRoot(leaves);
      expect(rootOf(nodes, size)).toEqual(root);
      for (let i = 0; i < size; i++) {
        const proof = inclusionProof(nodes, i, size);
        expect(proof).toEqual(slowPath(i, leaves));
        expect(verifyInclusion(leafHash(Buffer.from(`leaf ${i}`)), i, size, proof, root)).toBe(true);
      }
      for (let older = 1; older <= size; older++) {
        const proof = consistencyProof(nodes, older, size);
        expect(proof).toEqual(slowProof(older, leaves, true));
        expect(verifyConsistency(older, slowRoot(leaves.slice(0, older)), size, root, proof)).toBe(true);
      }
    }
  });

  it('gives the roots at earlier sizes in one pass', () => {
    const leaves = leavesOf(100);
    const roots = rootAtSizes(leaves, [0, 1, 63, 64, 65, 100, 101, 64]);
    expect([...roots.keys()]).toEqual([0, 1, 63, 64, 65, 100]);
    for (const [size, root] of roots) expect(root).toEqual(slowRoot(leaves.slice(0, size)));
    expect(roots.get(0)).toEqual(emptyRoot());
  });

  it('accepts no proof that was changed', () => {
    const size = fc.integer({ min: 2, max: 200 });
    fc.assert(
      fc.property(size, fc.nat(), fc.nat(), fc.nat(), (size, pick, where, how) => {
        const leaves = leavesOf(size);
        const [nodes, root] = [nodesOf(leaves), rootOf(nodesOf(leaves), size)];
        const index = pick % size;
        const leaf = leafHash(leaves[index] ?? Buffer.of());
        const proof = inclusionProof(nodes, index, size);
        const changed = proof.map((hash) => Buffer.from(hash));
        const hit = changed[where % changed.length];
        if (hit !== undefined) hit[how % 32] = (hit[how % 32] ?? 0) ^ 1;
        expect(verifyInclusion(leaf, index, size, changed, root)).toBe(false);
        expect(verifyInclusion(leaf, index, size, proof.slice(1), root)).toBe(false);
        expect(verifyInclusion(leaf, index, size, [...proof, root], root)).toBe(false);
        expect(verifyInclusion(leaf, (index + 1) % size, size, proof, root)).toBe(false);
        expect(verifyInclusion(leaf, size, size, proof, root)).toBe(false);
        const older = 1 + (pick % (size - 1));
        const [oldRoot, extends_] = [rootOf(nodes, older), consistencyProof(nodes, older, size)];
        expect(verifyConsistency(older, oldRoot, size, root, extends_)).toBe(true);
        expect(verifyConsistency(older, root, size, root, extends_)).toBe(false);
        expect(verifyConsistency(older, oldRoot, size, oldRoot, extends_)).toBe(false);
        expect(verifyConsistency(older, oldRoot, size, root, extends_.slice(1))).toBe(false);
        expect(verifyConsistency(older, oldRoot, size, root, [...extends_, root])).toBe(false);
        expect(verifyConsistency(size, root, older, oldRoot, extends_)).toBe(false);
      }),
      { numRuns: 100 },
    );
  });

  it('takes the empty tree as the beginning of any, and no other as equal', () => {
    const root = slowRoot(leavesOf(3));
    expect(verifyConsistency(0, emptyRoot(), 3, root, [])).toBe(true);
    expect(verifyConsistency(0, root, 3, root, [])).toBe(false);
    expect(verifyConsistency(3, root, 3, root, [])).toBe(true);
    expect(verifyConsistency(3, emptyRoot(), 3, root, [])).toBe(false);
    expect(verifyInclusion(root, 0, 0, [], root)).toBe(false);
  });
});
