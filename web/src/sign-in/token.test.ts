import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { faultIn, fromFragment } from "./token.ts";

describe("member token", () => {
  it("comes out of the fragment", () => {
    assert.equal(fromFragment("#token=vgl_mem_abc"), "vgl_mem_abc");
    assert.equal(fromFragment("#content"), undefined);
    assert.equal(fromFragment(""), undefined);
  });

  it("is told apart from the other keys", () => {
    assert.equal(faultIn("vgl_mem_0123456789ab"), undefined);
    assert.match(faultIn("") ?? "", /Paste/);
    assert.match(faultIn("vgl_dev_0123456789ab") ?? "", /device/);
    assert.match(faultIn("vgl_opr_0123456789ab") ?? "", /operator/);
    assert.match(faultIn("hello world") ?? "", /vgl_mem_/);
  });
});
