/** Runs on the console's pages: how their items ended, and the groups of pictures that show the same. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { basics, openConsole, signedIn } from "./console/suite.ts";

describe("runs, in the console", () => {
  const suite = openConsole();
  const { visit } = suite;

  it("are found from the top, with a bar whose parts are together what was accepted", async () => {
    const shown = await visit(`/${signedIn}`);
    await shown.getByRole("link", { name: "Runs" }).click();
    await shown.getByRole("link", { name: "Harbour archive" }).waitFor();
    const parts = await shown.locator(".run-parts strong").allTextContents();
    const accepted = Number(parts.pop());
    assert.equal(accepted, 200);
    assert.equal(
      parts.reduce((sum, count) => sum + Number(count), 0),
      accepted,
    );
    assert.deepEqual(await shown.evaluate(basics), []);
  });

  it("let people take pictures out of a group, and put others together", async () => {
    const shown = await visit(`/runs${signedIn}`);
    await shown.getByRole("link", { name: "Harbour archive" }).click();
    const take = shown.getByRole("button", { name: "Take apart" });
    const put = shown.getByRole("button", { name: "Put together" });
    await shown.getByRole("checkbox", { name: "quay/9.jpg" }).check();
    assert.deepEqual([await take.isDisabled(), await put.isDisabled()], [false, true]);
    await take.click();
    await shown.getByText("and 1 like it").waitFor();
    await shown.getByText("Pictures that stand alone").click();
    await shown.getByRole("checkbox", { name: "quay/9.jpg" }).check();
    assert.deepEqual([await take.isDisabled(), await put.isDisabled()], [true, true]);
    await shown.getByRole("checkbox", { name: "quay/31.jpg" }).check();
    assert.deepEqual(await shown.evaluate(basics), []);
    await put.click();
    await shown.getByText("and 2 like it").waitFor();
    assert.equal(await shown.getByText("1 chosen").count(), 0);
  });

  it("show groups with their pictures side by side, and can be sealed", async () => {
    const shown = await visit(`/runs${signedIn}`);
    await shown.getByRole("link", { name: "Harbour archive" }).click();
    await shown.getByText("and 2 like it").waitFor();
    const pictures = shown.locator(".run-pictures img");
    assert.equal(await pictures.count(), 3);
    await shown.getByRole("img", { name: "quay/31.jpg" }).waitFor();
    await shown.getByRole("button", { name: "Seal" }).click();
    await shown.getByText("Sealed, version 1 of its source.").waitFor();
    assert.equal(await shown.getByRole("button", { name: "Seal" }).count(), 0);
    assert.equal(await shown.getByRole("checkbox").count(), 0, "what is sealed stays as it is");
    assert.deepEqual(await shown.evaluate(basics), []);
  });
});
