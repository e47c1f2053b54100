import { type DerNode, isSorted, tags } from './der.ts';
import { algorithmOf, childAt, expectTag, isContext, oidOf, smallInteger, timeOf } from './derValues.ts';
import { oids } from './oids.ts';
import { malformed } from './refusals.ts';

/** One certificate that signing-certificate (RFC 2634, SHA-1) or signing-certificate-v2 (RFC 5035) names. */
export interface NamedCertificate {
  readonly algorithm: 'sha1' | 'sha256' | 'other';
  readonly hash: Buffer;
  readonly issuer: Buffer | null;
  readonly serial: string | null;
}

export interface SignerView {
  readonly version: number;
  readonly issuer: Buffer;
  readonly serial: string;
  readonly digestAlgorithm: string;
  readonly signatureAlgorithm: string;
  readonly signature: Buffer;
  /** The signed attributes as a DER SET, which is what the signature covers (RFC 5652 §5.4). */
  readonly signedBytes: Buffer;
  /** Their OIDs in the order of the file. */
  readonly attributes: readonly string[];
  readonly contentType: string | null;
  readonly messageDigest: Buffer | null;
  readonly signingTime: Date | null;
  readonly signingCertificates: readonly NamedCertificate[];
  readonly hasUnsignedAttributes: boolean;
}

/** CMS SignedData with exactly one signer (RFC 5652 §5), read but not yet believed. */
export interface SignedDataView {
  readonly version: number;
  readonly digestAlgorithms: readonly string[];
  readonly contentType: string;
  readonly content: Buffer | null;
  readonly certificates: readonly Buffer[];
  readonly hasRevocation: boolean;
  readonly signer: SignerView;
}

/** Reads a ContentInfo that holds SignedData. SIGNATURE_MALFORMED for any other shape, or not exactly one signer. */
export function readSignedData(contentInfo: DerNode): SignedDataView {
  expectTag(contentInfo, tags.sequence, 'content info');
  if (oidOf(childAt(contentInfo, 0, 'content type')) !== oids.signedData) throw malformed('not signed data');
  const wrapper = childAt(contentInfo, 1, 'signed data');
  if (!isContext(wrapper, 0) || contentInfo.children.length !== 2) throw malformed('content info');
  const data = expectTag(childAt(wrapper, 0, 'signed data'), tags.sequence, 'signed data');
  const encapsulated = expectTag(childAt(data, 2, 'content'), tags.sequence, 'content');
  const rest = data.children.slice(3);
  const certificates = isContext(rest[0], 0) ? rest.shift() : undefined;
  const revocation = isContext(rest[0], 1) ? rest.shift() : undefined;
  const [signers, ...more] = rest;
  if (signers === undefined || more.length > 0) throw malformed('signed data');
  expectTag(signers, tags.set, 'signers');
  if (signers.children.length !== 1) throw malformed('not exactly one signer');
  return {
    version: smallInteger(childAt(data, 0, 'version'), 'version'),
    digestAlgorithms: expectTag(childAt(data, 1, 'digests'), tags.set, 'digests').children.map(algorithmOf),
    contentType: oidOf(childAt(encapsulated, 0, 'content type')),
    content: contentOf(encapsulated),
    certificates: (certificates?.children ?? []).map((node) => node.raw),
    hasRevocation: revocation !== undefined,
    signer: readSigner(childAt(signers, 0, 'signer')),
  };
}

function contentOf(encapsulated: DerNode): Buffer | null {
  const wrapper = encapsulated.children[1];
  if (wrapper === undefined) return null;
  if (!isContext(wrapper, 0)) throw malformed('content');
  return expectTag(childAt(wrapper, 0, 'content'), tags.octetString, 'content').content;
}

function readSigner(node: DerNode): SignerView {
  const fields = [...expectTag(node, tags.sequence, 'signer').children];
  const version = smallInteger(childAt(node, 0, 'signer version'), 'signer version');
  const id = expectTag(childAt(node, 1, 'signer id'), tags.sequence, 'signer id');
  const digest = algorithmOf(childAt(node, 2, 'signer digest'));
  const signed = fields[3];
  if (!isContext(signed, 0)) throw malformed('no signed attributes');
  // The attributes are tagged [0] IMPLICIT, so the general check of SETs does not see them.
  if (!isSorted(signed)) throw malformed('signed attributes not sorted');
  const signedBytes = Buffer.from(signed.raw);
  signedBytes[0] = 0x31;
  const [, , , , algorithm, signature, unsigned, ...more] = fields;
  if (algorithm === undefined || signature === undefined || more.length > 0) throw malformed('signer');
  if (unsigned !== undefined && !isContext(unsigned, 1)) throw malformed('signer');
  const values = new Map<string, DerNode>();
  const attributes = signed.children.map((attribute) => {
    const oid = oidOf(childAt(attribute, 0, 'attribute'));
    const set = expectTag(childAt(attribute, 1, 'attribute'), tags.set, 'attribute');
    if (set.children.length !== 1) throw malformed('attribute with several values');
    if (!values.has(oid)) values.set(oid, childAt(set, 0, 'attribute'));
    return oid;
  });
  const contentType = values.get(oids.contentType);
  const messageDigest = values.get(oids.messageDigest);
  const signingTime = values.get(oids.signingTime);
  return {
    version,
    issuer: childAt(id, 0, 'issuer').raw,
    serial: expectTag(childAt(id, 1, 'serial'), tags.integer, 'serial').content.toString('hex'),
    digestAlgorithm: digest,
    signatureAlgorithm: algorithmOf(algorithm),
    signature: expectTag(signature, tags.octetString, 'signature').content,
    signedBytes,
    attributes,
    contentType: contentType === undefined ? null : oidOf(contentType),
    messageDigest:
      messageDigest === undefined ? null : expectTag(messageDigest, tags.octetString, 'message digest').content,
    signingTime: signingTime === undefined ? null : timeOf(signingTime),
    signingCertificates: namedCertificates(values),
    hasUnsignedAttributes: unsigned !== undefined,
  };
}

function namedCertificates(values: ReadonlyMap<string, DerNode>): NamedCertificate[] {
  const second = values.get(oids.signingCertificateV2);
  const first = values.get(oids.signingCertificate);
  const list = second ?? first;
  if (list === undefined) return [];
  return childAt(list, 0, 'signing certificate').children.map((id) => {
    const fields = [...id.children];
    let algorithm: NamedCertificate['algorithm'] = second === undefined ? 'sha1' : 'sha256';
    if (second !== undefined && fields[0]?.tag === tags.sequence) {
      // Writing the DEFAULT out is not DER; foreign time-stamps do it, so the caller's reader decides.
      const named = algorithmOf(childAt(id, 0, 'signing certificate'));
      algorithm = named === oids.sha256 ? 'sha256' : 'other';
      fields.shift();
    }
    const [hash, issuerSerial] = fields;
    if (hash === undefined) throw malformed('signing certificate');
    const names = issuerSerial?.children[0]?.children;
    const directory = names?.find((name) => isContext(name, 4));
    return {
      algorithm,
      hash: expectTag(hash, tags.octetString, 'signing certificate').content,
      issuer: directory === undefined ? null : childAt(directory, 0, 'issuer').raw,
      serial: issuerSerial === undefined ? null : childAt(issuerSerial, 1, 'serial').content.toString('hex'),
    };
  });
}
