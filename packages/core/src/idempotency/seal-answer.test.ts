import assert from "node:assert/strict";
import { it } from "node:test";
import { open, seal } from "./seal-answer.ts";

const request = { credential: "vgl_mem_one", fingerprint: new Uint8Array([1, 2, 3]) };
const answer = '{"key":"vgl_dev_玄関"}';

it("opens for the credential and the request that it was sealed for, and for no other", () => {
  const sealed = seal(answer, request);
  assert.equal(open(sealed, request), answer);
  assert.equal(open(sealed, { ...request, credential: "vgl_mem_two" }), undefined);
  assert.equal(open(sealed, { ...request, fingerprint: new Uint8Array([1, 2, 4]) }), undefined);
});

it("does not open what was changed, cut or never sealed", () => {
  const bytes = Buffer.from(seal(answer, request), "base64");
  for (let index = 0; index < bytes.length; index += 1) {
    const changed = Buffer.from(bytes);
    changed[index] = (changed[index] ?? 0) ^ 1;
    assert.equal(open(changed.toString("base64"), request), undefined, `byte ${index}`);
  }
  for (const text of ["", answer, bytes.subarray(0, 20).toString("base64")]) {
    assert.equal(open(text, request), undefined);
  }
});

it("never seals alike, and shows nothing of the answer", () => {
  assert.notEqual(seal(answer, request), seal(answer, request));
  assert.ok(!Buffer.from(seal(answer, request), "base64").includes("vgl_dev_"));
});
