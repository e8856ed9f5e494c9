/** The operators' page: how busy it is, a dead letter sent once more, an account found and its tier set. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { operatorKey } from "./console/operator-fixtures.ts";
import { basics, openConsole } from "./console/suite.ts";

describe("the operators' page", () => {
  const suite = openConsole();

  it("takes an operator's key alone, and forgets it", async () => {
    const shown = await suite.visit("/operator");
    const field = shown.getByLabel("Operator’s key");
    await field.fill("vgl_mem_0123456789abcdef");
    await shown.getByRole("button", { name: "Sign in" }).click();
    await shown.getByRole("alert").getByText("begins with vgl_opr_").waitFor();
    await field.fill("vgl_opr_wrong0123456789");
    await shown.getByRole("button", { name: "Sign in" }).click();
    await shown.getByRole("alert").getByText("is not accepted").waitFor();
    await field.fill(operatorKey);
    await shown.getByRole("button", { name: "Sign in" }).click();
    await shown.getByRole("heading", { name: /^Load/ }).waitFor();
    await shown.getByRole("button", { name: "Sign out" }).click();
    await field.waitFor();
    assert.equal(await shown.evaluate("sessionStorage.length"), 0);
  });

  it("shows the load and the ledger, sends a dead letter once more, and sets a tier", async () => {
    const shown = await suite.visit("/operator");
    await shown.getByLabel("Operator’s key").fill(operatorKey);
    await shown.getByRole("button", { name: "Sign in" }).click();
    const load = shown.getByRole("region", { name: /^Load/ });
    await load.getByText("More waits than the workers can do in a minute.").waitFor();
    await load.getByRole("row", { name: "standard 31 620 3 min" }).waitFor();
    const dead = shown.getByRole("region", { name: "Dead letters" });
    await dead.getByText("the model could not be loaded").waitFor();
    await dead.getByRole("button", { name: "Send once more" }).click();
    await dead.getByText("None: every job was finished.").waitFor();
    const accounts = shown.getByRole("region", { name: "Accounts" });
    await accounts.getByLabel("A part of the name").fill("ada");
    await accounts.getByRole("button", { name: "Find" }).click();
    await accounts.getByLabel("Tier").selectOption("pro");
    await accounts.getByLabel("Tier").and(shown.locator(":enabled")).waitFor();
    assert.equal(suite.api.data.operated.accounts[0]?.tier, "pro");
    await shown.getByText("Nothing is missing.").waitFor();
    assert.deepEqual(await shown.evaluate(basics), []);
  });
});
