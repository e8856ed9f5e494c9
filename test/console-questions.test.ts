/** Questions and sources on the console's pages: answered by keyboard alone. `npm run questions:answer` does it with the real API. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { until } from "../scripts/local/until.ts";
import { basics, openConsole, signedIn } from "./console/suite.ts";
import { untilLoaded, untilShown } from "./console/watch-questions.ts";

describe("questions, in the console", () => {
  const suite = openConsole();
  const { visit } = suite;
  const asked = () => suite.api.data.asking.questions;

  it("are answered one key each, twice where they come twice, until nothing is left", async () => {
    const shown = await visit(`/questions${signedIn}`);
    const keys = ["y", "n", "c"];
    const progress = shown.getByRole("progressbar");
    await shown.getByText("0 of 32 answered").waitFor();
    for (let no = 0; no < asked().length; no += 1) {
      await untilShown(shown);
      await shown.keyboard.press(keys[no % 3] ?? "y");
      await shown.getByText(`${no + 1} of 32 answered`).waitFor();
    }
    await shown.getByText("There is nothing to answer.").waitFor();
    assert.equal(await progress.getAttribute("value"), "32");
    const given = asked().map(({ answers }) => answers);
    assert.ok(
      given.every(({ length }) => length === 1),
      "each once",
    );
    assert.deepEqual(given.slice(0, 3).flat(), ["yes", "no", "cannot-tell"]);
    assert.deepEqual(shown.faults, []);
    assert.deepEqual(await shown.evaluate(basics), []);
  });

  it("have the next pictures there before they are asked about, and take back the last answer", async () => {
    const shown = await visit(`/questions${signedIn}`);
    await shown.getByRole("img", { name: "quay/0.jpg" }).waitFor();
    await untilLoaded(shown, 6);
    await shown.keyboard.press("n");
    await shown.getByText("quay/0.jpg: No").waitFor();
    await shown.getByRole("img", { name: "quay/1.jpg" }).waitFor();
    await shown.keyboard.press("u");
    await shown.getByRole("img", { name: "quay/0.jpg" }).waitFor();
    await shown.keyboard.press("y");
    await shown.getByText("quay/0.jpg: Yes").waitFor();
    await shown.getByText("1 of 32 answered").waitFor();
    await until(() => asked()[0]?.answers[2], { withinMs: 60_000, because: "the last answer was not sent" });
    assert.deepEqual(asked()[0]?.answers, ["no", null, "yes"]);
  });

  it("say what did not arrive, and ask it again", async () => {
    const shown = await visit(`/questions${signedIn}`);
    await shown.getByRole("img", { name: "quay/0.jpg" }).waitFor();
    suite.api.goAway(true);
    await shown.keyboard.press("y");
    await shown.getByRole("alert").filter({ hasText: /\S/ }).waitFor();
    await shown.getByRole("img", { name: "quay/0.jpg" }).waitFor();
    suite.api.goAway(false);
    await shown.keyboard.press("y");
    await shown.getByText("1 of 32 answered").waitFor();
  });

  it("have sources beside them: why one is blocked, the way back, and an owner's word", async () => {
    const shown = await visit(`/runs${signedIn}`);
    await shown.getByRole("link", { name: "Sources" }).click();
    await shown.getByText("Off-topic: 80 of 200, surely more than 33").waitFor();
    await shown.getByText("it is on probation again.").waitFor();
    await shown.getByText("Say otherwise").click();
    const trust = shown.getByRole("button", { name: "Trust it" });
    assert.equal(await trust.isDisabled(), true, "not without a reason");
    await shown.getByLabel("The reason").fill("The lens was cleaned");
    assert.deepEqual(await shown.evaluate(basics), []);
    await trust.click();
    await shown.getByText("The lens was cleaned").waitFor();
    assert.equal(suite.api.data.asking.sources[0]?.state, "trusted");
    assert.deepEqual(shown.faults, []);
  });
});
