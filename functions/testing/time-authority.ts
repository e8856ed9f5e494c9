/** An RFC 3161 authority for tests, which signs for real, and errs as it is told. */
import { randomBytes, webcrypto } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Integer, ObjectIdentifier, OctetString, Sequence, Utf8String } from "asn1js";
import {
  AlgorithmIdentifier,
  Attribute,
  AttributeTypeAndValue,
  Certificate,
  ContentInfo,
  EncapsulatedContentInfo,
  Extension,
  ExtKeyUsage,
  IssuerAndSerialNumber,
  MessageImprint,
  PKIStatus,
  PKIStatusInfo,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
} from "pkijs";

const { subtle } = webcrypto;
const oid = {
  commonName: "2.5.4.3",
  extendedKeyUsage: "2.5.29.37",
  timeStamping: "1.3.6.1.5.5.7.3.8",
  emailProtection: "1.3.6.1.5.5.7.3.4",
  info: "1.2.840.113549.1.9.16.1.4",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47",
} as const;

export type Behaviour = {
  /** What it does to what it signs. */
  errs?: "imprint" | "nonce" | "purpose" | "signature" | "refuses" | "garbage" | "too-long" | "never";
  at?: Date;
};

type Identity = { certificate: Certificate; key: webcrypto.CryptoKey };

async function identity(purpose: string): Promise<Identity> {
  const way = { name: "ECDSA", namedCurve: "P-256" };
  const { publicKey, privateKey } = await subtle.generateKey(way, true, ["sign", "verify"]);
  const certificate = new Certificate();
  certificate.version = 2;
  certificate.serialNumber = new Integer({ value: 7 });
  const name = () =>
    new AttributeTypeAndValue({ type: oid.commonName, value: new Utf8String({ value: "Test authority" }) });
  certificate.issuer.typesAndValues.push(name());
  certificate.subject.typesAndValues.push(name());
  certificate.notBefore.value = new Date("2020-01-01T00:00:00Z");
  certificate.notAfter.value = new Date("2045-01-01T00:00:00Z");
  const usage = new ExtKeyUsage({ keyPurposes: [purpose] });
  const extnValue = usage.toSchema().toBER();
  certificate.extensions = [new Extension({ extnID: oid.extendedKeyUsage, critical: true, extnValue })];
  await certificate.subjectPublicKeyInfo.importKey(publicKey);
  await certificate.sign(privateKey, "SHA-256");
  return { certificate, key: privateKey };
}

async function tokenFor(query: TimeStampReq, { certificate, key }: Identity, { errs, at }: Behaviour) {
  const { messageImprint: asked } = query;
  const nonce =
    errs === "nonce" ? new Integer({ valueHex: Uint8Array.from([0x41, 1, 2]).buffer }) : query.nonce;
  const hashed =
    errs === "imprint" ? Uint8Array.from(randomBytes(32)).buffer : asked.hashedMessage.getValue();
  const info = new TSTInfo({
    version: 1,
    policy: "1.2.3.4",
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: asked.hashAlgorithm.algorithmId }),
      hashedMessage: new OctetString({ valueHex: hashed }),
    }),
    serialNumber: new Integer({ value: 99 }),
    genTime: at ?? new Date(),
    ...(nonce ? { nonce } : {}),
  });
  const content = info.toSchema().toBER();
  const whole = certificate.toSchema(true).toBER();
  const named = new Sequence({
    value: [
      new Sequence({
        value: [
          new Sequence({ value: [new OctetString({ valueHex: await subtle.digest("SHA-256", whole) })] }),
        ],
      }),
    ],
  });
  const digest = new OctetString({ valueHex: await subtle.digest("SHA-256", content) });
  const signed = new SignedData({
    version: 3,
    encapContentInfo: new EncapsulatedContentInfo({
      eContentType: oid.info,
      eContent: new OctetString({ valueHex: content }),
    }),
    certificates: [certificate],
    signerInfos: [
      new SignerInfo({
        version: 1,
        sid: new IssuerAndSerialNumber({
          issuer: certificate.issuer,
          serialNumber: certificate.serialNumber,
        }),
        signedAttrs: new SignedAndUnsignedAttributes({
          type: 0,
          attributes: [
            new Attribute({ type: oid.contentType, values: [new ObjectIdentifier({ value: oid.info })] }),
            new Attribute({ type: oid.messageDigest, values: [digest] }),
            new Attribute({ type: oid.signingCertificateV2, values: [named] }),
          ],
        }),
      }),
    ],
  });
  await signed.sign(key, 0, "SHA-256");
  if (errs === "signature") {
    const [signer] = signed.signerInfos;
    const bytes = new Uint8Array(signer?.signature.getValue() ?? new ArrayBuffer());
    bytes.set([(bytes.at(-1) ?? 0) ^ 1], bytes.length - 1);
    if (signer) signer.signature = new OctetString({ valueHex: bytes.buffer });
  }
  return new ContentInfo({ contentType: ContentInfo.SIGNED_DATA, content: signed.toSchema(true) });
}

async function readAll(stream: AsyncIterable<unknown>): Promise<ArrayBuffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Uint8Array.from(Buffer.concat(parts)).buffer;
}

export async function startTimeAuthority(behaviour: Behaviour = {}) {
  const [right, wrong] = [await identity(oid.timeStamping), await identity(oid.emailProtection)];
  const self = { behaviour, asked: 0 };
  async function answer(query: ArrayBuffer): Promise<Uint8Array> {
    const { errs } = self.behaviour;
    if (errs === "garbage") return randomBytes(300);
    if (errs === "too-long") return Buffer.alloc(100_000, 48);
    if (errs === "refuses") {
      return new Uint8Array(
        new TimeStampResp({ status: new PKIStatusInfo({ status: PKIStatus.rejection }) }).toSchema().toBER(),
      );
    }
    const by = errs === "purpose" ? wrong : right;
    const timeStampToken = await tokenFor(TimeStampReq.fromBER(query), by, self.behaviour);
    const status = new PKIStatusInfo({ status: PKIStatus.granted });
    return new Uint8Array(new TimeStampResp({ status, timeStampToken }).toSchema().toBER());
  }
  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const query = await readAll(request);
    if (self.behaviour.errs === "never") return;
    response.setHeader("content-type", "application/timestamp-reply");
    response.end(await answer(query));
  }
  const server = createServer((request, response) => {
    self.asked += 1;
    void respond(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/tsa`,
    /** From now on. */
    become(changed: Behaviour) {
      self.behaviour = changed;
    },
    get asked() {
      return self.asked;
    },
    certificate: () => Buffer.from(right.certificate.toSchema(true).toBER()),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
