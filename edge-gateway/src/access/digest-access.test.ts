import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { authorise } from "./digest-access.ts";

const asked = { method: "GET", path: "/dir/index.html", count: 1 };

describe("a camera's password", () => {
  it("is shown as RFC 7616 shows it in section 3.9.1, by MD5 and by SHA-256", () => {
    const credentials = { username: "Mufasa", password: "Circle of Life" };
    const nonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
    const challenge = (algorithm: string) =>
      `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`;
    assert.match(
      authorise(challenge("MD5"), credentials, { ...asked, nonce }),
      /response="8ca523f5e9506fed4657c9700eebdbec"/,
    );
    assert.match(
      authorise(challenge("SHA-256"), credentials, { ...asked, nonce }),
      /response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"/,
    );
  });

  it("is shown plainly where the camera knows nothing better, and not at all in a way that is unknown here", () => {
    const credentials = { username: "a", password: "b:c" };
    assert.equal(authorise('Basic realm="x"', credentials, { ...asked, nonce: "1" }), "Basic YTpiOmM=");
    assert.throws(() => authorise("Negotiate", credentials, { ...asked, nonce: "1" }), RangeError);
    assert.throws(
      () =>
        authorise('Digest realm="x", nonce="y", algorithm=SHA-512-256', credentials, {
          ...asked,
          nonce: "1",
        }),
      /expected MD5/,
    );
    // Names that every object of JavaScript has are no algorithms.
    for (const algorithm of ["constructor", "__proto__", "toString"]) {
      assert.throws(
        () => authorise(`Digest realm="x", algorithm=${algorithm}`, credentials, { ...asked, nonce: "1" }),
        /expected MD5/,
      );
    }
  });
});
