import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { assert as check, integer, nat, pre, property, string } from "fast-check";
import {
  createSigningKey,
  isSigned,
  publicKeyOf,
  readPublicKey,
  readSigningKey,
  sign,
} from "./job-signature.ts";
import { Job } from "./wire.ts";

const golden = (name: string) => readFileSync(new URL(`../../golden/${name}`, import.meta.url), "utf8");
const job = Job.parse(JSON.parse(golden("job.v1.json")));
const signingKey = createSigningKey();
const publicKey = readPublicKey(publicKeyOf(signingKey));
const message = sign(job, readSigningKey(signingKey));

describe("the signature of a job", () => {
  it("is verified by the public key of who signed, and the message is still the job", () => {
    assert.ok(isSigned(message, [publicKey]));
    const { signature, ...read } = Job.parse(JSON.parse(message));
    assert.deepEqual(read, job);
    assert.ok(signature);
  });

  it("is said in characters that every queue takes, whatever a zone is called", () => {
    check(
      property(string({ unit: "binary", maxLength: 64 }), (zone) => {
        const [moment] = job.moments;
        assert.ok(moment);
        const named = { ...job, moments: [{ ...moment, zone }] };
        const said = sign(named, readSigningKey(signingKey));
        assert.match(said, /^[ -~]*$/);
        assert.ok(isSigned(said, [publicKey]));
        assert.equal(JSON.parse(said).moments[0].zone, zone);
      }),
    );
  });

  it("is verified by any of several keys, so that keys can be changed", () => {
    const next = readPublicKey(publicKeyOf(createSigningKey()));
    assert.ok(isSigned(message, [next, publicKey]));
    assert.ok(!isSigned(message, [next]));
    assert.ok(!isSigned(message, []));
  });

  it("does not verify a message of which any one character was changed", () => {
    check(
      property(nat(message.length - 1), integer({ min: 32, max: 126 }), (at, code) => {
        const character = String.fromCharCode(code);
        pre(character !== message[at]);
        const changed = message.slice(0, at) + character + message.slice(at + 1);
        // The last character of a signature holds four bits that mean nothing.
        pre(at !== message.length - 3);
        assert.ok(!isSigned(changed, [publicKey]));
      }),
    );
  });

  it("does not verify what was put around or after it", () => {
    const more = message.replace('"part":0', '"part":0,"part":1');
    const other = JSON.stringify({ ...job, reviewId: "rev_0198c0de000070008000000000000009" });
    const [, signature] = /"signature":"([^"]+)"/.exec(message) ?? [];
    for (const forged of [
      more,
      ` ${message}`,
      `${message} `,
      `{"job":${message}}`,
      JSON.stringify(job),
      `${other.slice(0, -1)},"signature":"${signature}"}`,
      `${other.slice(0, -1)},"inner":${message}}`,
      "",
      "null",
    ]) {
      assert.ok(!isSigned(forged, [publicKey]), forged.slice(0, 80));
    }
  });

  it("made once is verified for ever", () => {
    const kept = golden("signed-job.v1.txt").trimEnd();
    assert.ok(
      isSigned(kept, [readPublicKey("MCowBQYDK2VwAyEADg+zLA87AUAuy3231+RxUz9WT/FYyi4kvoUk788o47k=")]),
    );
  });
});

describe("keys for signing jobs", () => {
  it("are refused when they are none of Ed25519, and the key is not told", () => {
    const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    const wrong = rsa.export({ type: "pkcs8", format: "der" }).toString("base64");
    for (const text of ["", "oops", wrong, publicKeyOf(signingKey)]) {
      assert.throws(
        () => readSigningKey(text),
        (error: Error) => /Ed25519/.test(error.message) && (text === "" || !error.message.includes(text)),
      );
    }
    assert.throws(() => readPublicKey("oops"), /Ed25519/);
  });
});
