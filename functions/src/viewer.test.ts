import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { networkOf } from "./viewer.ts";

describe("the network of an address", () => {
  it("is the address itself, or of IPv6 its first half, however it is written", () => {
    assert.equal(networkOf("192.0.2.7"), "192.0.2.7");
    const one = networkOf("2001:db8::1");
    assert.equal(networkOf("2001:0DB8:0:0:ffff::9"), one);
    assert.equal(networkOf("2001:db8:0:0:1:2:3:4%eth0"), one);
    assert.notEqual(networkOf("2001:db8:0:1::1"), one);
    assert.equal(networkOf("::1"), "0:0:0:0");
  });
});
