import { createHash, type KeyObject, sign } from 'node:crypto';
import * as asn1js from 'asn1js';
import {
  AlgorithmIdentifier,
  Attribute,
  Certificate,
  ContentInfo,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
} from 'pkijs';
import { privateKeyOf, signingKeyKind } from './keys.ts';
import { oids } from './oids.ts';
import { type CertificateView, readCertificate } from './readCertificate.ts';
import { refusedCertificate } from './refusals.ts';

/**
 * A detached signature over a file's bytes: CMS SignedData (RFC 5652), strict DER, CAdES-B signed attributes
 * content-type, message-digest, signing-time, signing-certificate-v2 (RFC 5035), sorted as a DER SET OF before they are
 * signed; only the signer's certificate inside (EVIDENCE-FORMAT §3). RSA-3072 (PKCS#1 v1.5) or ECDSA P-256, SHA-256.
 * `signingTime` is cut to whole seconds. CERTIFICATE_REFUSED if the key is not the certificate's or may not sign.
 */
export function signDetached(input: {
  content: Uint8Array;
  certPem: string;
  privateKey: KeyObject | Uint8Array;
  signingTime: Date;
}): Buffer {
  const certificate = readCertificate(input.certPem);
  const key = privateKeyOf(input.privateKey);
  const kind = signingKeyKind(certificate.publicKey);
  if (kind === null) throw refusedCertificate('key is neither RSA-3072 nor P-256');
  if (!certificate.x509.checkPrivateKey(key)) {
    throw refusedCertificate('key is not the certificate’s');
  }
  const attributes = sortedAttributes(input.content, certificate, input.signingTime);
  const toSign = Buffer.from(new asn1js.Set({ value: attributes.map((one) => one.toSchema()) }).toBER());
  const signerCertificate = Certificate.fromBER(Uint8Array.from(certificate.der));
  const signerInfo = new SignerInfo({
    version: 1,
    sid: new IssuerAndSerialNumber({
      issuer: signerCertificate.issuer,
      serialNumber: signerCertificate.serialNumber,
    }),
    digestAlgorithm: new AlgorithmIdentifier({ algorithmId: oids.sha256 }),
    signedAttrs: new SignedAndUnsignedAttributes({ type: 0, attributes }),
    signatureAlgorithm:
      kind === 'ec'
        ? new AlgorithmIdentifier({ algorithmId: oids.ecdsaWithSha256 })
        : new AlgorithmIdentifier({ algorithmId: oids.sha256WithRsa, algorithmParams: new asn1js.Null() }),
    signature: new asn1js.OctetString({ valueHex: Uint8Array.from(sign('sha256', toSign, key)) }),
  });
  const signedData = new SignedData({
    version: 1,
    digestAlgorithms: [new AlgorithmIdentifier({ algorithmId: oids.sha256 })],
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: oids.data }),
    certificates: [signerCertificate],
    signerInfos: [signerInfo],
  });
  const contentInfo = new ContentInfo({ contentType: oids.signedData, content: signedData.toSchema(true) });
  return Buffer.from(contentInfo.toSchema().toBER());
}

function sortedAttributes(content: Uint8Array, certificate: CertificateView, signingTime: Date): Attribute[] {
  const time = new Date(Math.floor(signingTime.getTime() / 1000) * 1000);
  const valueDate = { valueDate: time };
  const attributes = [
    new Attribute({ type: oids.contentType, values: [new asn1js.ObjectIdentifier({ value: oids.data })] }),
    new Attribute({
      type: oids.signingTime,
      values: [time.getUTCFullYear() < 2050 ? new asn1js.UTCTime(valueDate) : new asn1js.GeneralizedTime(valueDate)],
    }),
    new Attribute({
      type: oids.messageDigest,
      values: [new asn1js.OctetString({ valueHex: sha256(content) })],
    }),
    new Attribute({ type: oids.signingCertificateV2, values: [signingCertificateV2(certificate)] }),
  ];
  const encoded = attributes.map((attribute) => ({ attribute, der: Buffer.from(attribute.toSchema().toBER()) }));
  return encoded.sort((a, b) => Buffer.compare(a.der, b.der)).map(({ attribute }) => attribute);
}

/** RFC 5035 §3 with one ESSCertIDv2; SHA-256 is the DEFAULT and so must not be written (DER). */
function signingCertificateV2(certificate: CertificateView): asn1js.Sequence {
  const raw = (der: Uint8Array) => asn1js.fromBER(Uint8Array.from(der)).result;
  const directoryName = new asn1js.Constructed({
    idBlock: { tagClass: 3, tagNumber: 4 },
    value: [raw(certificate.issuer)],
  });
  const serial = new asn1js.Integer({ valueHex: Uint8Array.from(Buffer.from(certificate.serial, 'hex')) });
  const certId = new asn1js.Sequence({
    value: [
      new asn1js.OctetString({ valueHex: sha256(certificate.der) }),
      new asn1js.Sequence({ value: [new asn1js.Sequence({ value: [directoryName] }), serial] }),
    ],
  });
  return new asn1js.Sequence({ value: [new asn1js.Sequence({ value: [certId] })] });
}

function sha256(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(createHash('sha256').update(bytes).digest());
}
