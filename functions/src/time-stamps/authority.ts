/**
 * An RFC 3161 authority: what is asked, and what of its answer is taken. Only what appends to the evidence log carries this.
 */
import { createHash, randomBytes } from "node:crypto";
import {
  type AuthorityAddress,
  askAuthority,
  type TimeAuthority,
  tokenIn,
} from "@vigil/core/platform/time-authority";
import { Integer, OctetString } from "asn1js";
import {
  AlgorithmIdentifier,
  ContentInfo,
  MessageImprint,
  SignedData,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
} from "pkijs";

const sha256 = "2.16.840.1.101.3.4.2.1";
const nonceBytes = 12;
/** `granted`, and `granted with modifications`, as the policy that was used is. */
const granted: readonly number[] = [0, 1];

export function timeAuthority(address: AuthorityAddress): TimeAuthority {
  const authority = askAuthority(address);
  return {
    async stamp(bytes) {
      const query = writeQuery(bytes);
      return readAnswer(await authority.ask(query.bytes), query.nonce);
    },
    close: () => authority.close(),
  };
}

function writeQuery(bytes: Uint8Array): { bytes: Uint8Array; nonce: Integer } {
  const random = randomBytes(nonceBytes);
  // A positive number that is as short as DER wants it.
  random[0] = ((random[0] ?? 0) & 0x7f) | 0x40;
  const nonce = new Integer({ valueHex: bufferOf(random) });
  const query = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: sha256 }),
      hashedMessage: new OctetString({ valueHex: bufferOf(createHash("sha256").update(bytes).digest()) }),
    }),
    // The certificate belongs to the token, so that it can be checked without asking anybody.
    certReq: true,
    nonce,
  });
  return { bytes: new Uint8Array(query.toSchema().toBER()), nonce };
}

/** @returns the token, DER @throws Error for a refusal, and for the answer to another question */
function readAnswer(answer: Uint8Array, nonce: Integer): Uint8Array {
  const { status, timeStampToken } = parsed(answer);
  if (!granted.includes(status.status) || !timeStampToken) {
    const why = (status.statusStrings ?? []).map((text) => text.valueBlock.value).join(", ");
    throw new Error(`the time authority refused, status ${status.status}${why === "" ? "" : `: ${why}`}`);
  }
  if (!infoIn(timeStampToken)?.nonce?.isEqual(nonce)) {
    throw new Error("the time authority answered another question: its nonce is not ours");
  }
  // As it came, so that it is what was signed.
  return tokenIn(answer);
}

function parsed(answer: Uint8Array): TimeStampResp {
  try {
    return TimeStampResp.fromBER(bufferOf(answer));
  } catch {
    throw new Error(`expected an answer of RFC 3161, got ${answer.length} bytes of something else`);
  }
}

function infoIn({ contentType, content }: ContentInfo): TSTInfo | undefined {
  if (contentType !== ContentInfo.SIGNED_DATA) return undefined;
  const { eContent } = new SignedData({ schema: content }).encapContentInfo;
  return eContent ? TSTInfo.fromBER(eContent.getValue()) : undefined;
}

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
