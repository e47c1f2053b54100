import { type DerNode, readDer, tags } from './der.ts';
import { malformed } from './refusals.ts';

/** Child number `index`, which must be there; `what` names it in the refusal. */
export function childAt(node: DerNode, index: number, what: string): DerNode {
  const child = node.children[index];
  if (child === undefined) throw malformed(`${what} missing`);
  return child;
}

/** The same node if it is the universal type that is due. */
export function expectTag(node: DerNode, tag: number, what: string): DerNode {
  if (node.tagClass !== 0 || node.tag !== tag) throw malformed(`${what} has another type`);
  return node;
}

/** True for `[n]` of the context class. */
export function isContext(node: DerNode | undefined, n: number): node is DerNode {
  return node !== undefined && node.tagClass === 2 && node.tag === n;
}

/** Dotted form of an OBJECT IDENTIFIER; arcs of any size (2.25.<128 bits>). */
export function oidOf(node: DerNode): string {
  expectTag(node, tags.oid, 'object identifier');
  const arcs: bigint[] = [];
  let arc = 0n;
  for (const byte of node.content) {
    arc = (arc << 7n) | BigInt(byte & 0x7f);
    if ((byte & 0x80) !== 0) continue;
    if (arcs.length === 0) {
      const top = arc < 80n ? arc / 40n : 2n;
      arcs.push(top, arc - top * 40n);
    } else arcs.push(arc);
    arc = 0n;
  }
  return arcs.join('.');
}

/** An INTEGER that fits a JavaScript number. */
export function smallInteger(node: DerNode, what: string): number {
  expectTag(node, tags.integer, what);
  if (node.content.length === 0 || node.content.length > 6) throw malformed(`${what} is empty or too large`);
  return node.content.readIntBE(0, node.content.length);
}

/** UTCTime (RFC 5280: 50–99 are 19xx) or GeneralizedTime, in UTC. */
export function timeOf(node: DerNode): Date {
  const text = node.content.toString('latin1');
  const isUtc = node.tagClass === 0 && node.tag === tags.utcTime;
  if (!isUtc) expectTag(node, tags.generalizedTime, 'time');
  const match = (
    isUtc ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)()Z$/ : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d+)?Z$/
  ).exec(text);
  if (match === null) throw malformed('time');
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '', fraction = ''] = match;
  const century = isUtc ? (Number(year) >= 50 ? '19' : '20') : '';
  const milliseconds = `${fraction.slice(1)}000`.slice(0, 3);
  const time = new Date(`${century}${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}Z`);
  if (Number.isNaN(time.getTime())) throw malformed('time');
  return time;
}

/**
 * The OID of an AlgorithmIdentifier whose parameters are absent or NULL: all that SHA-2, RSA PKCS#1 v1.5 and ECDSA need
 * (RFC 5754). Anything else there would be bytes that nobody checks.
 */
export function algorithmOf(node: DerNode): string {
  expectTag(node, tags.sequence, 'algorithm');
  const [oid, parameters, ...more] = node.children;
  if (oid === undefined || more.length > 0) throw malformed('algorithm');
  if (parameters !== undefined && expectTag(parameters, tags.null, 'algorithm parameters').content.length > 0) {
    throw malformed('algorithm parameters');
  }
  return oidOf(oid);
}

/** What an OCTET STRING wraps, read as one value. */
export function insideOctets(node: DerNode, strict = true): DerNode {
  return readDer(expectTag(node, tags.octetString, 'octet string').content, strict);
}
