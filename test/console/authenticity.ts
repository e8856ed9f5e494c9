/** What is told beside pictures of whether they are what they claim to be. */
import type { Authenticity } from "@vigil/core/authenticity/wire";
import type { Custody } from "@vigil/core/custody/wire";

const usual: Authenticity = {
  provenance: { status: "absent", codes: [] },
  custody: { status: "unbroken" },
  capture: { status: "consistent", reasons: [] },
  replay: { status: "none-found" },
  synthetic: { status: "cannot-tell", reasons: ["the file does not say"] },
};

export const notLogged: Authenticity = { ...usual, custody: { status: "not-logged" } };

export const signedByStranger: Authenticity = {
  ...usual,
  capture: {
    status: "contradicts",
    reasons: [{ code: "exif-size-differs", detail: "EXIF says 4000 x 3000, and it is 1920 x 1080" }],
  },
  provenance: {
    status: "valid-untrusted",
    codes: ["signingCredential.untrusted"],
    signer: "Door camera 7",
  },
};

export function sentBefore(earlier: { momentId: string; eventId: string }): Authenticity {
  return {
    ...usual,
    replay: { status: "exact", earlier: { ...earlier, capturedAt: "2026-11-20T21:14:06.000Z" } },
  };
}

export const custodyInLog: Custody = {
  checkpoint: {
    note: "console.test/evidence-log",
    size: 1204,
    root: "AA==",
    signedAt: "2026-11-20T21:15:00.000Z",
    publicKey: "vigil+00000000+AA==",
    timeStamp: { token: "AA==", at: "2026-11-20T21:15:02.000Z", authority: "Time & Co" },
  },
  leaves: [],
  notLogged: [],
};
