import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { damageManifest, randomOf } from "../../testing/damage-manifest.ts";
import type { ProvenanceStatus } from "../authenticity/wire.ts";
import { boundMemory } from "./bound-memory.ts";
import { findTraces } from "./find-traces.ts";
import { createManifestReader, findGenerator, type ManifestReader } from "./index.ts";
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

describe("which generator a file names", () => {
  const xmp = (words: string) => Buffer.from(`\xff\xd8 <x:xmpmeta ${words}`, "latin1");

  it("is one that its metadata names, and none that stands anywhere else", () => {
    assert.deepEqual(findGenerator(xmp("<xmp:CreatorTool>Adobe Firefly")), ["Adobe Firefly"]);
    assert.deepEqual(findGenerator(xmp("Credit Made with Google AI")), ["Google AI"]);
    const comment = Buffer.from("a cat\nSteps: 20, Sampler: Euler", "utf16le");
    assert.deepEqual(findGenerator(Buffer.concat([Buffer.from("Exif\0\0"), comment])), ["Stable Diffusion"]);
    assert.deepEqual(findGenerator(Buffer.from("\xff\xd8 Adobe Firefly", "latin1")), []);
  });

  it("is found in bounded time whatever a PNG says of its chunks", () => {
    const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
    for (const length of ["\0\0\0\0", "\xff\xff\xff\xff", "\0\0\0\x01"]) {
      const chunk = Buffer.from(`${length}iTXt`, "latin1");
      const chunks = Array.from({ length: 100_000 }, () => chunk);
      assert.deepEqual(findGenerator(Buffer.concat([signature, ...chunks])), []);
    }
  });
});

describe("a bound on a module's memory", () => {
  const page = 64 * 1024;
  const kernels = readFileSync(
    new URL("../../../../gpu-worker/src/pipe/pixels/kernels.wasm", import.meta.url),
  );

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

/** C2PA's public test files, where they lie beside this repository: what each one's name or documentation says of it. */
const files = fileURLToPath(new URL("../../../../../shared/authenticity/c2pa", import.meta.url));
const statuses: Readonly<Record<string, ProvenanceStatus>> = {
  "public-testfiles/adobe-20220124-A.jpg": "absent",
  "public-testfiles/adobe-20220124-I.jpg": "absent",
  "public-testfiles/adobe-20220124-C.jpg": "valid-untrusted",
  "public-testfiles/adobe-20220124-CA.jpg": "valid-untrusted",
  "public-testfiles/adobe-20220124-CACA.jpg": "valid-untrusted",
  "public-testfiles/adobe-20220124-CAI.jpg": "valid-untrusted",
  "public-testfiles/adobe-20220124-CAICA.jpg": "valid-untrusted",
  "public-testfiles/adobe-20220124-CI.jpg": "valid-untrusted",
  "public-testfiles/adobe-20220124-CICA.jpg": "valid-untrusted",
  // Its ingredient was broken when it was put in, and says so: it is itself whole.
  "public-testfiles/adobe-20220124-CIE-sig-CA.jpg": "valid-untrusted",
  "public-testfiles/adobe-20220124-E-clm-CAICAI.jpg": "manifest-altered",
  "public-testfiles/adobe-20220124-E-sig-CA.jpg": "manifest-altered",
  "public-testfiles/adobe-20220124-E-uri-CA.jpg": "manifest-altered",
  "public-testfiles/adobe-20220124-E-uri-CIE-sig-CA.jpg": "manifest-altered",
  "public-testfiles/adobe-20220124-E-dat-CA.jpg": "content-changed",
  "public-testfiles/adobe-20220124-XCA.jpg": "content-changed",
  "public-testfiles/adobe-20220124-XCI.jpg": "content-changed",
  "public-testfiles/truepic-20230212-camera.jpg": "legacy-or-expired",
  "c2pa-rs/C.jpg": "valid-untrusted",
  "c2pa-rs/E-sig-CA.jpg": "manifest-altered",
  "c2pa-rs/XCA.jpg": "content-changed",
  "c2pa-rs/boxhash.jpg": "valid-untrusted",
  "c2pa-rs/cloud.jpg": "remote-only",
  "c2pa-rs/no_manifest.jpg": "absent",
  "c2pa-rs/ocsp.jpg": "valid-untrusted",
  "c2pa-rs/prerelease.jpg": "legacy-or-expired",
  "c2pa-rs/sample1.webp": "absent",
  "c2pa-rs/update_manifest.jpg": "valid-untrusted",
  "openai/gpt-image-1_examples_vinyl-output.png": "legacy-or-expired",
};
const skip = existsSync(files) ? false : `C2PA's test files are not at ${files}`;

describe("reading pictures", () => {
  let reader: ManifestReader;
  before(() => {
    reader = createManifestReader();
  });
  after(() => reader.close());

  it("says of each of C2PA's test files what it is", { skip }, async () => {
    const found: Record<string, ProvenanceStatus> = {};
    for (const name of Object.keys(statuses)) {
      const contentType = name.endsWith("png")
        ? "image/png"
        : name.endsWith("webp")
          ? "image/webp"
          : "image/jpeg";
      const bytes = readFileSync(join(files, name));
      found[name] = (await reader.read(bytes, contentType)).status;
    }
    assert.deepEqual(found, statuses);
  });

  it("trusts whom the list of the operator names", { skip }, async () => {
    const trustAnchors = readFileSync(join(files, "c2pa-rs/test_cert_root_bundle.pem"), "utf8");
    const trusting = createManifestReader({ trustAnchors });
    const bytes = readFileSync(join(files, "c2pa-rs/C.jpg"));
    assert.equal((await trusting.read(bytes, "image/jpeg")).status, "trusted");
    await trusting.close();
  });

  it("gives up on a file that needs more memory than there is for it, and reads the next one", {
    skip,
  }, async () => {
    const small = createManifestReader({ memoryBytesMax: 8 * 1024 * 1024 });
    const [large, next] = ["c2pa-rs/ocsp.jpg", "c2pa-rs/E-sig-CA.jpg"].map((name) =>
      readFileSync(join(files, name)),
    );
    const filled = Buffer.concat([large ?? Buffer.alloc(0), Buffer.alloc(5_000_000, 7)]);
    assert.equal((await small.read(filled, "image/jpeg")).status, "unreadable");
    assert.equal((await small.read(next ?? Buffer.alloc(0), "image/jpeg")).status, "manifest-altered");
    await small.close();
  });

  it("ends every damaged manifest in a status, whatever is damaged, and reads the next one", {
    skip,
  }, async () => {
    const random = randomOf(22);
    const signed = ["c2pa-rs/C.jpg", "c2pa-rs/E-sig-CA.jpg", "public-testfiles/truepic-20230212-camera.jpg"];
    const originals = signed.map((name) => readFileSync(join(files, name)));
    for (let round = 0; round < 60; round += 1) {
      const damaged = damageManifest(originals[round % originals.length] ?? Buffer.alloc(0), random);
      const { status, codes } = await reader.read(damaged, "image/jpeg");
      assert.notEqual(status, "trusted");
      assert.ok(!codes.includes("reader.gave-up"), `round ${round}`);
    }
    assert.equal(
      (await reader.read(originals[0] ?? Buffer.alloc(0), "image/jpeg")).status,
      "valid-untrusted",
    );
  });

  it("says that what looks like a manifest and is none is absent or cannot be read, and goes on", async () => {
    for (const words of ["jumb c2pa", "dcterms:provenance"]) {
      const bytes = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from(words)]);
      const { status } = await reader.read(bytes, "image/jpeg");
      assert.ok(status === "absent" || status === "unreadable", status);
    }
    assert.deepEqual(await reader.read(Buffer.from("plain"), "image/png"), {
      status: "absent",
      codes: [],
    });
  });
});
