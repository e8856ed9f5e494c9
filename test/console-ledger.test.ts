/** The ledger on the console's page: balanced and calm, or told in words with the row that stands still. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { basics, openConsole, signedIn } from "./console/suite.ts";

describe("the ledger, in the console", () => {
  const suite = openConsole();

  it("is found from the allowance, and says that nothing is missing", async () => {
    const shown = await suite.visit(`/${signedIn}`);
    await shown.getByRole("link", { name: "Ledger: what came of everything" }).click();
    await shown.getByRole("heading", { name: "It balances" }).waitFor();
    const row = shown.getByRole("row", { name: "Deliveries 9 2 on their way 7 delivered 0" });
    assert.equal(await row.count(), 1);
    assert.deepEqual(await shown.evaluate(basics), []);
  });

  it("says what does not add up, and names what stands still", async () => {
    const { ledger } = suite.api.data;
    suite.api.data.ledger = {
      ...ledger,
      balanced: false,
      lines: ledger.lines.map((line) =>
        line.noun === "deliveries" ? { ...line, accepted: 10, missing: 1 } : line,
      ),
      faults: [
        {
          kind: "review-without-job",
          subject: "rev_7",
          detail: "queued, and no job of it is owed to a queue",
        },
      ],
    };
    const shown = await suite.visit(`/ledger${signedIn}`);
    await shown.getByRole("heading", { name: "It does not balance" }).waitFor();
    await shown.getByText("The figures of deliveries do not add up. 1 cannot go on by themselves.").waitFor();
    await shown.getByText("rev_7").waitFor();
    assert.deepEqual(await shown.evaluate(basics), []);
  });

  it("speaks German where a browser asks for it, and changes to English for good", async () => {
    const shown = await suite.visit(`/ledger${signedIn}`, { locale: "de-DE" });
    await shown.getByRole("heading", { name: "Sie geht auf" }).waitFor();
    const row = shown.getByRole("row", { name: "Zustellungen 9 2 unterwegs 7 zugestellt 0" });
    assert.equal(await row.count(), 1);
    assert.equal(await shown.evaluate("document.documentElement.lang"), "de-DE");
    await shown.getByRole("link", { name: "Einstellungen" }).click();
    await shown.getByRole("combobox", { name: "Sprache" }).selectOption("en");
    await shown.getByRole("heading", { name: "Settings" }).waitFor();
    assert.equal(await shown.evaluate("document.documentElement.lang"), "en-GB");
    const german = `performance.getEntriesByType("resource").filter(({ name }) => /\\/de-[^/]*\\.js$/.test(name)).length`;
    assert.equal(await shown.evaluate(german), 0);
  });
});
