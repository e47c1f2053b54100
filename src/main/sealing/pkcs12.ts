import forge from 'node-forge';
import { privateKeyOf } from './keys.ts';
import { refuseNationalAlgorithms } from './nationalAlgorithms.ts';
import { readCertificate } from './readCertificate.ts';
import { refusedKeyFile } from './refusals.ts';

const PRINTABLE = /^[\x20-\x7e]+$/;

/** What a PKCS#12 file holds. `certPem` belongs to the key; `chain` are the other certificates. */
export interface KeyFile {
  readonly privateKeyPkcs8: Buffer;
  readonly certPem: string | null;
  readonly chain: readonly string[];
}

/**
 * Opens a PKCS#12 file, our own or one made elsewhere (older ciphers are read, never written).
 * PKCS12_WRONG_PASSWORD if the password does not open it; PKCS12_MALFORMED if it is no such file or holds no key;
 * CERTIFICATE_NATIONAL_ALGORITHM for a GOST key of Kazakhstan's national authority or another's.
 */
export function openPkcs12(bytes: Uint8Array, password: string): KeyFile {
  let asn1: forge.asn1.Asn1;
  try {
    asn1 = forge.asn1.fromDer(Buffer.from(bytes).toString('binary'));
  } catch (cause) {
    throw refusedKeyFile('PKCS12_MALFORMED', cause);
  }
  refuseNationalAlgorithms(bytes);
  const file = decrypted(asn1, password);
  const bags = file.safeContents.flatMap((content) => content.safeBags);
  const keys = bags.filter(
    (bag) => bag.type === forge.pki.oids['pkcs8ShroudedKeyBag'] || bag.type === forge.pki.oids['keyBag'],
  );
  const certificateDers = bags.filter((bag) => bag.type === forge.pki.oids['certBag']).map(certDer);
  for (const der of certificateDers) refuseNationalAlgorithms(der);
  const [keyBag, ...moreKeys] = keys;
  if (keyBag === undefined || moreKeys.length > 0) throw refusedKeyFile('PKCS12_MALFORMED');
  const privateKeyPkcs8 = pkcs8Of(keyBag);
  refuseNationalAlgorithms(privateKeyPkcs8);
  const key = privateKeyOf(privateKeyPkcs8);
  const certificates = certificateDers.map((der) => readCertificate(der));
  const own = certificates.find((certificate) => certificate.x509.checkPrivateKey(key));
  return {
    privateKeyPkcs8,
    certPem: own?.pem ?? null,
    chain: certificates.filter((certificate) => certificate !== own).map((certificate) => certificate.pem),
  };
}

function decrypted(asn1: forge.asn1.Asn1, password: string): forge.pkcs12.Pkcs12Pfx {
  try {
    return forge.pkcs12.pkcs12FromAsn1(asn1, true, password);
  } catch (cause) {
    // The library tells a wrong password from a broken file by its words alone.
    const said = cause instanceof Error ? cause.message : '';
    if (/MAC could not be verified/i.test(said)) throw refusedKeyFile('PKCS12_WRONG_PASSWORD', cause);
    if (PRINTABLE.test(password)) {
      throw refusedKeyFile(/password|decrypt/i.test(said) ? 'PKCS12_WRONG_PASSWORD' : 'PKCS12_MALFORMED', cause);
    }
    return decryptedInUtf8(asn1, password);
  }
}

/**
 * The MAC of PKCS#12 takes a password as UTF-16, PBES2 takes it as UTF-8, and the library hands one form to both. The
 * MAC has been verified when this is reached, so it is left away here.
 */
function decryptedInUtf8(asn1: forge.asn1.Asn1, password: string): forge.pkcs12.Pkcs12Pfx {
  const { tagClass, type, value } = asn1;
  if (!Array.isArray(value)) throw refusedKeyFile('PKCS12_MALFORMED');
  const withoutMac = forge.asn1.create(tagClass, type, true, value.slice(0, 2));
  try {
    return forge.pkcs12.pkcs12FromAsn1(withoutMac, true, forge.util.encodeUtf8(password));
  } catch (cause) {
    throw refusedKeyFile('PKCS12_MALFORMED', cause);
  }
}

function pkcs8Of(bag: forge.pkcs12.Bag): Buffer {
  // An elliptic key is unknown to the library, which then hands over its PKCS#8 as it stood.
  const asn1 = bag.key ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(bag.key)) : bag.asn1;
  if (asn1 === undefined || asn1 === null) throw refusedKeyFile('PKCS12_MALFORMED');
  return Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'binary');
}

function certDer(bag: forge.pkcs12.Bag): Buffer {
  const asn1 = bag.cert ? forge.pki.certificateToAsn1(bag.cert) : bag.asn1;
  if (asn1 === undefined || asn1 === null) throw refusedKeyFile('PKCS12_MALFORMED');
  return Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'binary');
}
