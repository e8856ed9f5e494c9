import assert from "node:assert/strict";
import { createHash, createPublicKey, verify } from "node:crypto";
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { type SignedEvidence, signedText } from "@vigil/core/gateway/signed-text";
import { heard, picture } from "../../testing/event-items.ts";
import { temporaryFolder } from "../../testing/temporary-folder.ts";
import { openCaptureKey } from "./capture-key.ts";
import { openOutbox } from "./outbox.ts";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

function isSignedBy(publicKey: Buffer, said: SignedEvidence, signature: string): boolean {
  const jwk = { kty: "OKP", crv: "Ed25519", x: publicKey.toString("base64url") };
  const key = createPublicKey({ key: jwk, format: "jwk" });
  return verify(null, signedText(said), key, Buffer.from(signature, "base64"));
}

describe("the key that a gateway signs captures with", () => {
  it("is the same after a restart, and for its owner's eyes alone", () => {
    using folder = temporaryFolder();
    const { publicKey } = openCaptureKey(folder.path);
    assert.equal(Buffer.from(publicKey, "base64").length, 32);
    assert.equal(openCaptureKey(folder.path).publicKey, publicKey);
    assert.equal(statSync(join(folder.path, "capture-key.pem")).mode & 0o777, 0o600);
  });

  it("is another one where its file is damaged, and good until the end where it cannot be kept", () => {
    using folder = temporaryFolder();
    const { publicKey } = openCaptureKey(folder.path);
    writeFileSync(join(folder.path, "capture-key.pem"), "half a k");
    const other = openCaptureKey(folder.path);
    assert.notEqual(other.publicKey, publicKey);
    assert.equal(openCaptureKey(folder.path).publicKey, other.publicKey);
    const nowhere = openCaptureKey(join(folder.path, "is-not-there"));
    const { at, sequence, signature } = nowhere.sign({
      sha256: sha256(Buffer.from("a")),
      wallMs: 1,
      sequence: 7,
    });
    const said = { sha256: sha256(Buffer.from("a")), at, sequence };
    assert.ok(isSignedBy(Buffer.from(nowhere.publicKey, "base64"), said, signature));
  });

  it("signs bytes, time and number of each piece before it is stored, and numbers on over restarts", () => {
    using folder = temporaryFolder();
    const open = () => openOutbox({ directory: folder.path, ballastBytes: 1024, now: () => 1_000 });
    const wallMs = Date.parse("2026-06-01T21:14:05.120Z");
    const record = (id: string, seed: number) => {
      const outbox = open();
      outbox.start(wallMs, "0a1b");
      const evidence = [picture("1.png", seed), picture("2.png", seed + 1)];
      outbox.record(heard(id, { evidence, at: { wallMs, monotonicMs: 5 } }));
      const items = outbox.turn({ urgent: false, itemsMax: 9, evidenceBytesMax: 1e9, except: [] });
      const publicKey = Buffer.from(outbox.captureKey(), "base64");
      outbox.close();
      return { pieces: items.find((item) => item.id === id)?.evidence ?? [], publicKey };
    };
    const [first, second] = [record("a", 1), record("b", 5)];
    assert.deepEqual(first.publicKey, second.publicKey);
    const all = [...first.pieces, ...second.pieces];
    assert.equal(all.length, 4);
    let before = 0;
    for (const piece of all) {
      assert.ok(piece.signature);
      const { at, sequence, signature } = piece.signature;
      assert.equal(at, "2026-06-01T21:14:05.120Z");
      assert.ok(sequence > before, "numbers go up");
      before = sequence;
      assert.ok(isSignedBy(first.publicKey, { sha256: piece.sha256, at, sequence }, signature));
      const others = [
        { sha256: sha256(Buffer.from("others")), at, sequence },
        { sha256: piece.sha256, at: "2026-06-01T21:14:05.121Z", sequence },
        { sha256: piece.sha256, at, sequence: sequence + 1 },
      ];
      for (const other of others) assert.ok(!isSignedBy(first.publicKey, other, signature));
    }
  });
});
