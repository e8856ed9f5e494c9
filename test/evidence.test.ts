import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { EventAccepted } from "@vigil/core/event/wire";
import { createTestApi, problemOf, type TestApi } from "../functions/testing/api.ts";
import { headKinds, type Kind, mutate, randomOf } from "../packages/core/testing/picture-heads.ts";
import {
  agreeOnForm,
  agreeOnPicture,
  agreeWithDecoder,
  type Form,
  formKinds,
  mutateForm,
} from "./evidence/agree.ts";

function pick<T>(from: readonly T[], round: number): T {
  const one = from[round % from.length];
  assert.ok(one !== undefined);
  return one;
}

describe("evidence that nobody wrote on purpose", () => {
  let kinds: Kind[];
  let forms: Form[];
  before(async () => {
    kinds = await headKinds();
    forms = formKinds(kinds);
  });

  it("is known alike by intake, seal and worker: 35,000 pictures", () => {
    const random = randomOf(11);
    const endings = { taken: 0, refused: 0 };
    for (let round = 0; round < 35_000; round += 1) {
      endings[agreeOnPicture(mutate(pick(kinds, round).bytes, random))] += 1;
    }
    assert.ok(endings.taken > 1_000 && endings.refused > 1_000, JSON.stringify(endings));
  });

  it("is taken with every picture in it, or refused: 15,000 forms", () => {
    const random = randomOf(12);
    const endings = { taken: 0, refused: 0 };
    for (let round = 0; round < 15_000; round += 1) {
      const { contentType, body } = mutateForm(pick(forms, round), random);
      endings[agreeOnForm(contentType, body)] += 1;
    }
    assert.ok(endings.taken > 500 && endings.refused > 500, JSON.stringify(endings));
  });

  it("ends in pixels or as unreadable: 1,000 pictures through the decoder", async () => {
    const random = randomOf(13);
    for (let round = 0; round < 1_000; round += 1) {
      await agreeWithDecoder(mutate(pick(kinds, round).bytes, random));
    }
  });
});

describe("a damaged form over HTTP", () => {
  let api: TestApi;
  before(async () => {
    api = await createTestApi();
  });
  after(() => api.close());

  it("is answered below 500 four hundred times, and accepted only with all of its pictures", async () => {
    const forms = formKinds(await headKinds());
    const random = randomOf(14);
    const now = api.services.clock.now().toISOString();
    let accepted = 0;
    for (let round = 0; round < 400; round += 1) {
      const form = pick(forms, round);
      const text = Buffer.from(form.body).toString("latin1");
      const fresh = text.replace("fuzz-1", `fuzz-${round}`).replace("2026-06-01T21:14:05.120Z", now);
      const { contentType, body } = mutateForm({ ...form, body: Buffer.from(fresh, "latin1") }, random);
      const answer = await api.call("POST", "/v1/events", {
        key: api.account("pro").deviceKey,
        body: new Uint8Array(body),
        headers: { "content-type": contentType },
      });
      assert.ok(answer.status < 500, `round ${round}: ${answer.status}`);
      if (answer.status !== 202) {
        assert.ok((await problemOf(answer)).detail.length > 10, `round ${round} says what is wrong`);
        continue;
      }
      accepted += 1;
      const { uploads } = EventAccepted.parse(await answer.json());
      assert.deepEqual(uploads, [], `round ${round}: nothing was dropped that is to come later`);
    }
    assert.ok(accepted > 20, `${accepted} were accepted`);
  });
});
