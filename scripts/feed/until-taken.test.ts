import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ApiRefusal } from "../stack/api-client.ts";
import { untilTaken } from "./until-taken.ts";

const refusal = (status: number) =>
  new ApiRefusal({
    type: "about:blank",
    title: "Refused",
    status,
    detail: "by the test",
    code: status < 500 ? "invalid-body" : "unavailable",
    requestId: "req_1",
    errors: [],
  });
const signal = new AbortController().signal;

/** Fails with these, one after the other, and then answers; how often it was asked. */
function failing(...errors: Error[]) {
  let asked = 0;
  const ask = async () => {
    const error = errors[asked++];
    if (error) throw error;
    return "taken";
  };
  return { ask, asked: () => asked };
}

describe("a camera of the feed", () => {
  it("asks again while the API is started anew", async () => {
    const { ask, asked } = failing(new TypeError("fetch failed"), refusal(503));
    assert.equal(await untilTaken(ask, signal, { pauseMs: 1 }), "taken");
    assert.equal(asked(), 3);
  });

  it("does not ask again for what is refused", async () => {
    const { ask, asked } = failing(refusal(400));
    await assert.rejects(untilTaken(ask, signal), ApiRefusal);
    assert.equal(asked(), 1);
  });

  it("gives up on an API that stays away, and at once when the stack stops", async () => {
    const away = async () => Promise.reject(new TypeError("fetch failed"));
    await assert.rejects(untilTaken(away, signal, { msMax: 0, pauseMs: 1 }), /fetch failed/);
    await assert.rejects(untilTaken(away, AbortSignal.abort()), /fetch failed/);
  });
});
