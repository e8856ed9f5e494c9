import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import {
  hashOfSigned,
  makeSigner,
  type Signer,
  sealManifest,
  signNote,
  writePublicKey,
  writeSegments,
} from "./seal.ts";
import { type Fault, type Manifest, openNote, readManifest, verifyManifest } from "./verify.ts";

type Sealed = { manifest: Manifest; files: Map<string, Uint8Array>; key: string; signer: Signer };

async function seal(count: number, signer?: Signer): Promise<Sealed> {
  const by = signer ?? (await makeSigner("vigil.example"));
  const leaves = Array.from({ length: count }, (_, no) => ({
    no,
    end: "inspected",
    text: `a "picture"\n${no}`,
  }));
  const segments = await Array.fromAsync(writeSegments(leaves));
  const manifest = await sealManifest(
    { origin: "vigil.example/runs/1", version: 1, parent: undefined, segments },
    by,
  );
  const files = new Map(segments.map(({ name, bytes }) => [name, bytes]));
  return { manifest, files, key: await writePublicKey(by), signer: by };
}

async function faultsOf({
  manifest,
  files,
  key,
}: Pick<Sealed, "manifest" | "files" | "key">): Promise<Fault[]> {
  return (await verifyManifest(manifest, [key], async (name) => files.get(name))).faults;
}

describe("a sealed manifest", () => {
  for (const count of [0, 1, 2, 4095, 4096, 4097, 9000]) {
    it(`holds with ${count} leaves, and says what was signed`, async () => {
      const sealed = await seal(count);
      const read = async (name: string) => sealed.files.get(name);
      const { faults, checkpoint, version } = await verifyManifest(sealed.manifest, [sealed.key], read);
      assert.deepEqual(faults, []);
      assert.deepEqual([checkpoint?.size, checkpoint?.origin, version], [count, "vigil.example/runs/1", 1]);
    });
  }

  it("is the same to the byte when it is made again", async () => {
    const first = await seal(5000);
    const again = await seal(5000, first.signer);
    assert.deepEqual(again.manifest, first.manifest);
    assert.deepEqual([...again.files], [...first.files]);
  });

  it("finds every flipped bit of a segment, and names the leaf around it", async () => {
    const sealed = await seal(5000);
    const [
      [first = "", firstBytes = new Uint8Array()] = [],
      [second = "", secondBytes = new Uint8Array()] = [],
    ] = sealed.files;
    const anywhere = fc.nat({ max: firstBytes.length + secondBytes.length - 1 });
    await fc.assert(
      fc.asyncProperty(anywhere, fc.nat({ max: 7 }), async (at, bit) => {
        const [name, bytes, offset, segment] =
          at < firstBytes.length
            ? [first, firstBytes, at, 0]
            : [second, secondBytes, at - firstBytes.length, 1];
        const flipped = bytes.slice();
        flipped[offset] = (flipped[offset] ?? 0) ^ (1 << bit);
        const faults = await faultsOf({ ...sealed, files: new Map([...sealed.files, [name, flipped]]) });
        const [fault] = faults;
        assert.ok(fault?.part === "leaf", JSON.stringify(faults));
        assert.equal(fault.segment, segment);
        assert.ok(fault.from <= offset && offset <= fault.to, `${offset} in ${JSON.stringify(fault)}`);
        const before = bytes.subarray(0, fault.from).filter((byte) => byte === 0x0a).length;
        assert.equal(fault.leaf, segment * 4096 + before);
      }),
      { numRuns: 25 },
    );
  });

  it("finds every flipped character of the manifest itself", async () => {
    const sealed = await seal(3);
    const json = JSON.stringify(sealed.manifest);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: json.length - 1 }), fc.nat({ max: 6 }), async (at, bit) => {
        const character = String.fromCharCode(json.charCodeAt(at) ^ (1 << bit));
        let manifest: Manifest;
        try {
          manifest = readManifest(json.slice(0, at) + character + json.slice(at + 1));
        } catch (error) {
          assert.ok(error instanceof RangeError);
          return;
        }
        assert.notDeepEqual(await faultsOf({ ...sealed, manifest }), []);
      }),
      { numRuns: 300 },
    );
  });

  it("says which segment is missing, exchanged, or another file of equal leaves", async () => {
    const sealed = await seal(9000);
    const [first = "", second = "", third = ""] = sealed.files.keys();
    const without = new Map(sealed.files);
    without.delete(second);
    assert.deepEqual(await faultsOf({ ...sealed, files: without }), [
      { part: "segment", segment: 1, name: second, what: "is missing" },
    ]);
    const exchanged = new Map(sealed.files).set(first, sealed.files.get(second) ?? new Uint8Array());
    assert.deepEqual(
      (await faultsOf({ ...sealed, files: exchanged })).map(
        (fault) => fault.part === "segment" && fault.segment,
      ),
      [0],
    );
    const shorter = new Map(sealed.files).set(third, new Uint8Array());
    assert.match(JSON.stringify(await faultsOf({ ...sealed, files: shorter })), /holds 0 leaves where 808/);
  });

  it("is not believed with segments dropped from its list, or under another's key", async () => {
    const sealed = await seal(9000);
    const cut = { ...sealed.manifest, segments: sealed.manifest.segments.slice(0, 2) };
    assert.match(
      JSON.stringify(await faultsOf({ ...sealed, manifest: cut })),
      /8192 leaves, but 9000 were signed/,
    );
    const stranger = await writePublicKey(await makeSigner("vigil.example"));
    assert.match(JSON.stringify(await faultsOf({ ...sealed, key: stranger })), /no key that you trust/);
  });

  it("names its parent, and a version that goes back has the old root", async () => {
    const first = await seal(10);
    const more = await seal(20, first.signer);
    const origin = "vigil.example/runs/1";
    const second = await sealManifest(
      { origin, version: 2, parent: first.manifest.note, segments: more.manifest.segments },
      first.signer,
    );
    const back = await sealManifest(
      { origin, version: 3, parent: second.note, segments: first.manifest.segments },
      first.signer,
    );
    const read = async (name: string) => first.files.get(name);
    const { faults, checkpoint, version, parent } = await verifyManifest(back, [first.key], read);
    assert.deepEqual(faults, []);
    assert.equal(version, 3);
    assert.equal(parent, await hashOfSigned(second.note));
    const old = await verifyManifest(first.manifest, [first.key], read);
    assert.deepEqual(checkpoint?.root, old.checkpoint?.root);
  });
});

describe("a signed note", () => {
  it("is that of the Go implementation's documentation", async () => {
    const key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    const note =
      "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n" +
      "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    assert.match((await openNote(note, [key])) ?? "", /^If you think[^]*problem is\.\n$/);
    assert.equal(await openNote(note.replace("answer", "Answer"), [key]), undefined);
  });

  it("may carry signatures that are not known, beside one that is", async () => {
    const [known, other] = [await makeSigner("known"), await makeSigner("other")];
    const [line] = (await signNote("a\n", other)).split("\n").slice(-2);
    const note = `${await signNote("a\n", known)}${line}\n`;
    assert.equal(await openNote(note, [await writePublicKey(known)]), "a\n");
    assert.equal(await openNote(note, [await writePublicKey(other)]), "a\n");
    assert.equal(await openNote(note, [await writePublicKey(await makeSigner("known"))]), undefined);
    await assert.rejects(openNote(note, ["known+00000000+AAAA"]), RangeError);
  });
});
