import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import type { ProvenanceStatus } from "@vigil/core/authenticity/wire";
import { boundMemory } from "./bound-memory.ts";
import { findTraces } from "./find-traces.ts";
import { createProvenanceReader, type ProvenanceReader } from "./index.ts";
import { judgeStore } from "./judge-store.ts";

type Status = { code: string; url?: string };

function storeOf(failure: readonly Status[], success: readonly Status[] = [], later: readonly Status[] = []) {
  return {
    active_manifest: "one",
    manifests: {
      one: {
        claim_generator: "a camera/1.0",
        signature_info: { issuer: "Somebody", common_name: "Camera 7", time: "2023-02-12T18:44:26+00:00" },
        assertions: [
          {
            label: "c2pa.actions.v2",
            data: {
              actions: [
                {
                  action: "c2pa.created",
                  digitalSourceType: "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
                },
              ],
            },
          },
        ],
      },
    },
    validation_results: {
      activeManifest: { success, failure },
      ingredientDeltas: [{ validationDeltas: { failure: later } }],
    },
  };
}

const untrusted = { code: "signingCredential.untrusted", url: "signature" };
const changed = { code: "assertion.dataHash.mismatch", url: "hash" };

describe("what a manifest amounts to", () => {
  const cases: [string, ProvenanceStatus, Parameters<typeof storeOf>][] = [
    ["nothing fails", "trusted", [[]]],
    ["nobody known has signed", "valid-untrusted", [[untrusted]]],
    ["the file is another one", "content-changed", [[untrusted, changed]]],
    [
      "the hash is right, by the rules of its time alone",
      "legacy-or-expired",
      [[untrusted, changed], [{ code: "assertion.dataHash.match", url: "hash" }]],
    ],
    [
      "the hash is wrong, and the assertion that holds it is unchanged",
      "content-changed",
      [[changed], [{ code: "assertion.hashedURI.match", url: "hash" }]],
    ],
    ["the certificate has expired", "legacy-or-expired", [[{ code: "signingCredential.expired" }]]],
    ["a form is not allowed any more", "legacy-or-expired", [[{ code: "assertion.action.malformed" }]]],
    ["the signature is of something else", "manifest-altered", [[{ code: "claimSignature.mismatch" }]]],
    [
      "a claim is of something else",
      "manifest-altered",
      [[{ code: "assertion.hashedURI.mismatch" }, changed]],
    ],
    [
      "what it was made from was altered since",
      "manifest-altered",
      [[untrusted], [], [{ code: "assertion.hashedURI.mismatch" }]],
    ],
    ["what it was made from is of nobody known", "valid-untrusted", [[untrusted], [], [untrusted]]],
  ];
  for (const [what, status, store] of cases) {
    it(`is ${status} when ${what}`, () => {
      assert.equal(judgeStore(storeOf(...store)).status, status);
    });
  }

  it("says who signed and what was done, and when only where the time stamp verifies", () => {
    const store = storeOf([], [{ code: "timeStamp.validated" }]);
    assert.deepEqual(judgeStore(store), {
      status: "trusted",
      codes: [],
      signer: "Camera 7",
      generator: "a camera/1.0",
      signedAt: "2023-02-12T18:44:26.000Z",
      actions: ["c2pa.created"],
      sourceTypes: ["digitalCapture"],
      sourceTypesBy: "manifest",
    });
    assert.equal(judgeStore(storeOf([])).signedAt, undefined);
  });
});

describe("what stands in a file as text", () => {
  const text = (words: string) => Buffer.from(`\xff\xd8 … ${words} …`);

  it("is a manifest only with both of its marks", () => {
    assert.equal(findTraces(text("jumb … c2pa")).manifest, true);
    assert.equal(findTraces(text("jumb")).manifest, false);
  });

  it("names source types, few of them and each once", () => {
    const url = "http://cv.iptc.org/newscodes/digitalsourcetype/";
    assert.deepEqual(
      findTraces(text(`${url}trainedAlgorithmicMedia" ${url}trainedAlgorithmicMedia"`)).sourceTypes,
      ["trainedAlgorithmicMedia"],
    );
    const many = Array.from({ length: 100_000 }, (_, n) => `${url}a${String.fromCharCode(97 + (n % 26))}`);
    assert.equal(findTraces(text(many.join(" "))).sourceTypes.length, 4);
    assert.deepEqual(findTraces(text(url)).sourceTypes, []);
  });
});

describe("a bound on a module's memory", () => {
  const page = 64 * 1024;
  const kernels = readFileSync(new URL("../pixels/kernels.wasm", import.meta.url));

  it("is kept by the module as it grows, and refused when the module needs more from its start", () => {
    const opened = (module: Uint8Array) => {
      const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module));
      return (exports as { memory: WebAssembly.Memory }).memory;
    };
    const pages = opened(kernels).buffer.byteLength / page;
    const bounded = opened(boundMemory(kernels, (pages + 2) * page));
    bounded.grow(2);
    assert.throws(() => bounded.grow(1), RangeError);
    assert.throws(() => boundMemory(kernels, (pages - 1) * page), /needs \d+ bytes/);
    assert.throws(() => boundMemory(kernels.subarray(0, 12), 1e9), RangeError);
  });
});

describe("reading pictures", () => {
  let reader: ProvenanceReader;
  const turn = { accountId: "acc_1", priority: 1 };
  before(() => {
    reader = createProvenanceReader();
  });
  after(() => reader.close());

  it("says that what looks like a manifest and is none is absent or cannot be read, and goes on", async () => {
    for (const words of ["jumb c2pa", "dcterms:provenance"]) {
      const bytes = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from(words)]);
      const { status } = await reader.read(bytes, "image/jpeg", turn);
      assert.ok(status === "absent" || status === "unreadable", status);
    }
    assert.deepEqual(await reader.read(Buffer.from("plain"), "image/png", turn), {
      status: "absent",
      codes: [],
    });
  });
});
