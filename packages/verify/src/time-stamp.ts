/**
 * Checks an RFC 3161 time stamp of some bytes, without anything but the platform: the hash that it is of, and the signature by
 * the certificate within it, which has to be one for time stamps and to have been valid at that time.
 *
 *     const stamp = await verifyTimeStamp(token, bytes);
 *     if ("fault" in stamp) refuse(stamp.fault);
 *
 * Whether that certificate is of an authority that you trust is not asked: compare its SHA-256, or have the chain checked by
 * `openssl ts -verify -token_in -in checkpoint.tst -data checkpoint.note -CAfile authority.pem`.
 * Sources: RFC 3161 2.4.2 (TSTInfo), RFC 5652 5 (SignedData), RFC 5816 (which certificate), RFC 5280 4.1.
 */
import { contextTag, type Der, expect, octetsOf, oidOf, partsOf, readDer, tags, timeOf } from "./der.ts";
import { toHex } from "./verify.ts";

export type TimeStamp = {
  /** When the authority had the bytes. */
  at: Date;
  /** As its certificate names it. */
  authority: string;
  /** Of its certificate, hex. */
  certificateSha256: string;
};

const oids = {
  signedData: "1.2.840.113549.1.7.2",
  timeStampInfo: "1.2.840.113549.1.9.16.1.4",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingCertificate: "1.2.840.113549.1.9.16.2.12",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47",
  sha256: "2.16.840.1.101.3.4.2.1",
  commonName: "2.5.4.3",
  extendedKeyUsage: "2.5.29.37",
  timeStamping: "1.3.6.1.5.5.7.3.8",
  rsa: "1.2.840.113549.1.1.1",
  ec: "1.2.840.10045.2.1",
} as const;

const hashes: Readonly<Record<string, string>> = {
  "1.3.14.3.2.26": "SHA-1",
  [oids.sha256]: "SHA-256",
  "2.16.840.1.101.3.4.2.2": "SHA-384",
  "2.16.840.1.101.3.4.2.3": "SHA-512",
};
/** What a signature's algorithm says of its hash; undefined: the one of the digest counts. */
const signatures: Readonly<Record<string, { hash?: string }>> = {
  [oids.rsa]: {},
  "1.2.840.113549.1.1.11": { hash: "SHA-256" },
  "1.2.840.113549.1.1.12": { hash: "SHA-384" },
  "1.2.840.113549.1.1.13": { hash: "SHA-512" },
  "1.2.840.10045.4.3.2": { hash: "SHA-256" },
  "1.2.840.10045.4.3.3": { hash: "SHA-384" },
  "1.2.840.10045.4.3.4": { hash: "SHA-512" },
};
const curves: Readonly<Record<string, { name: string; bytes: number }>> = {
  "1.2.840.10045.3.1.7": { name: "P-256", bytes: 32 },
  "1.3.132.0.34": { name: "P-384", bytes: 48 },
  "1.3.132.0.35": { name: "P-521", bytes: 66 },
};

class Unfit extends Error {}

/** @param token DER of the token alone, without the answer around it */
export async function verifyTimeStamp(
  token: Uint8Array,
  stamped: Uint8Array,
): Promise<TimeStamp | { fault: string }> {
  try {
    return await verified(token, stamped);
  } catch (error) {
    return { fault: error instanceof Unfit ? error.message : "is not a time stamp" };
  }
}

async function verified(token: Uint8Array, stamped: Uint8Array): Promise<TimeStamp> {
  const { content, certificates, signer } = readSignedData(token);
  const { imprint, hash, at } = readInfo(content);
  if (hash !== oids.sha256 || !isSame(imprint, await digest("SHA-256", stamped))) {
    throw new Unfit("is of other bytes");
  }
  const signed = readSigner(signer);
  const attributes = new Map(
    partsOf(signed.attributes).map((attribute) => {
      const [name, values] = partsOf(attribute);
      return [oidOf(name), partsOf(expect(values, tags.set))[0]] as const;
    }),
  );
  const digestOfContent = expect(attributes.get(oids.messageDigest), tags.octets).value;
  const isOfContent =
    oidOf(attributes.get(oids.contentType)) === oids.timeStampInfo &&
    isSame(digestOfContent, await digest(signed.hash, content));
  if (!isOfContent) throw new Unfit("was changed");
  const certificate = await findCertificate(certificates, attributes);
  await assertSigned(signed, certificate);
  if (!certificate.isForTimeStamps) throw new Unfit("is signed by a certificate that is not for time stamps");
  if (at < certificate.from || at > certificate.until) {
    throw new Unfit("is signed by a certificate that was not valid then");
  }
  const certificateSha256 = toHex(await digest("SHA-256", certificate.bytes));
  return { at, authority: certificate.name, certificateSha256 };
}

function readSignedData(token: Uint8Array): { content: Uint8Array; certificates: Der[]; signer: Der } {
  const whole = expect(readDer(token), tags.sequence);
  if (whole.bytes.length !== token.length) throw new Unfit("is not a time stamp");
  const [type, wrapped] = partsOf(whole);
  if (oidOf(type) !== oids.signedData) throw new Unfit("is not a time stamp");
  const parts = partsOf(expect(readDer(expect(wrapped, contextTag(0)).value), tags.sequence));
  const [kind, inner] = partsOf(expect(parts[2], tags.sequence));
  if (oidOf(kind) !== oids.timeStampInfo) throw new Unfit("is not a time stamp");
  const content = octetsOf(readDer(expect(inner, contextTag(0)).value));
  const certificates = parts.find(({ tag }) => tag === contextTag(0));
  const [signer, ...others] = partsOf(expect(parts.at(-1), tags.set));
  if (!signer || others.length > 0) throw new Unfit("is not signed by one authority");
  return { content, certificates: certificates ? partsOf(certificates) : [], signer };
}

function readInfo(content: Uint8Array): { imprint: Uint8Array; hash: string; at: Date } {
  const parts = partsOf(expect(readDer(content), tags.sequence));
  const [algorithm, imprint] = partsOf(expect(parts[2], tags.sequence));
  return {
    hash: oidOf(partsOf(expect(algorithm, tags.sequence))[0]),
    imprint: expect(imprint, tags.octets).value,
    at: timeOf(expect(parts[4], tags.time)),
  };
}

type Signed = { hash: string; attributes: Der; signature: Uint8Array; signatureHash: string };

function readSigner(signer: Der): Signed {
  const parts = partsOf(signer);
  const attributes = expect(parts[3], contextTag(0));
  const hash = hashes[oidOf(partsOf(expect(parts[2], tags.sequence))[0])];
  const way = signatures[oidOf(partsOf(expect(parts[4], tags.sequence))[0])];
  if (hash === undefined || hash === "SHA-1" || !way) {
    throw new Unfit("is signed in a way that is not checked here");
  }
  return {
    hash,
    attributes,
    signature: expect(parts[5], tags.octets).value,
    signatureHash: way.hash ?? hash,
  };
}

type Certificate = {
  bytes: Uint8Array;
  name: string;
  from: Date;
  until: Date;
  key: Der;
  isForTimeStamps: boolean;
};

/** The one that the signer has put its hash of under the signature: no other can be put in its place. */
async function findCertificate(
  certificates: readonly Der[],
  attributes: ReadonlyMap<string, Der | undefined>,
): Promise<Certificate> {
  const named = attributes.get(oids.signingCertificateV2) ?? attributes.get(oids.signingCertificate);
  const [list] = partsOf(expect(named, tags.sequence));
  const [first] = partsOf(expect(list, tags.sequence));
  const parts = partsOf(expect(first, tags.sequence));
  const usual = attributes.has(oids.signingCertificateV2) ? "SHA-256" : "SHA-1";
  const hash = parts[0]?.tag === tags.sequence ? hashes[oidOf(partsOf(parts[0])[0])] : usual;
  const wanted = expect(
    parts.find(({ tag }) => tag === tags.octets),
    tags.octets,
  ).value;
  for (const certificate of certificates) {
    if (hash !== undefined && isSame(await digest(hash, certificate.bytes), wanted)) {
      return readCertificate(certificate);
    }
  }
  throw new Unfit("has not the certificate that it was signed with");
}

function readCertificate(certificate: Der): Certificate {
  const all = partsOf(expect(partsOf(certificate)[0], tags.sequence));
  // Version 1 has no number before it.
  const parts = all[0]?.tag === contextTag(0) ? all.slice(1) : all;
  const [from, until] = partsOf(expect(parts[3], tags.sequence));
  const subject = expect(parts[4], tags.sequence);
  const extensions = parts.find(({ tag }) => tag === contextTag(3));
  return {
    bytes: certificate.bytes,
    name: nameIn(subject),
    from: timeOf(from),
    until: timeOf(until),
    key: expect(parts[5], tags.sequence),
    isForTimeStamps: extensions !== undefined && usesOf(extensions).includes(oids.timeStamping),
  };
}

function nameIn(subject: Der): string {
  for (const set of partsOf(subject)) {
    for (const pair of partsOf(set)) {
      const [kind, value] = partsOf(pair);
      if (oidOf(kind) === oids.commonName) return new TextDecoder().decode(value?.value);
    }
  }
  return "an authority without a name";
}

function usesOf(extensions: Der): string[] {
  for (const extension of partsOf(expect(partsOf(extensions)[0], tags.sequence))) {
    const parts = partsOf(extension);
    if (oidOf(parts[0]) !== oids.extendedKeyUsage) continue;
    const uses = expect(parts.at(-1), tags.octets).value;
    return partsOf(expect(readDer(uses), tags.sequence)).map(oidOf);
  }
  return [];
}

async function assertSigned(signed: Signed, { key }: Certificate): Promise<void> {
  const algorithm = partsOf(expect(partsOf(key)[0], tags.sequence));
  const { signature, signatureHash: hash } = signed;
  // What is signed is the SET that stands there under another tag (RFC 5652 5.4).
  const text = Uint8Array.from(signed.attributes.bytes);
  text[0] = tags.set;
  const kind = oidOf(algorithm[0]);
  const way =
    kind === oids.rsa
      ? { import: { name: "RSASSA-PKCS1-v1_5", hash }, verify: "RSASSA-PKCS1-v1_5", signature }
      : kind === oids.ec
        ? ecdsa(curves[oidOf(algorithm[1])], hash, signature)
        : undefined;
  if (!way) throw new Unfit("is signed in a way that is not checked here");
  const { subtle } = globalThis.crypto;
  const publicKey = await subtle.importKey("spki", copyOf(key.bytes), way.import, false, ["verify"]);
  if (!(await subtle.verify(way.verify, publicKey, copyOf(way.signature), text))) {
    throw new Unfit("is not signed by its certificate");
  }
}

/** DER has the two numbers each as short as they are; WebCrypto takes both in full length. */
function ecdsa(curve: { name: string; bytes: number } | undefined, hash: string, signature: Uint8Array) {
  if (!curve) return undefined;
  const numbers = partsOf(expect(readDer(signature), tags.sequence)).map(({ value }) => {
    const plain = value[0] === 0 ? value.subarray(1) : value;
    if (plain.length > curve.bytes) throw new Unfit("is not signed by its certificate");
    return [...new Uint8Array(curve.bytes - plain.length), ...plain];
  });
  return {
    import: { name: "ECDSA", namedCurve: curve.name },
    verify: { name: "ECDSA", hash },
    signature: Uint8Array.from(numbers.flat()),
  };
}

async function digest(hash: string, bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await globalThis.crypto.subtle.digest(hash, copyOf(bytes)));
}

/** In a buffer of its own. */
function copyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(bytes);
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
