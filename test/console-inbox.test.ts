/** The inbox, by filter and by keyboard, read and unread; a day and weeks; and the operators’ page. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DigestView } from "@vigil/core/digest/wire";
import { until } from "../scripts/local/until.ts";
import type { WatchedPage } from "./console/browser.ts";
import * as fixture from "./console/fixtures.ts";
import { operatorKey } from "./console/operator-fixtures.ts";
import { basics, digestPath, digests, openConsole, signedIn } from "./console/suite.ts";

const manyMax = 400;

/** One every half an hour, the newest first. */
function manyDigests(): DigestView[] {
  const newest = Date.parse(fixture.gardenDigest.occurredAt);
  return Array.from({ length: manyMax }, (_, index) =>
    DigestView.parse({
      ...fixture.smokeDigest,
      id: fixture.id("dig", 1_000_000 - index),
      title: `Digest number ${index + 1}`,
      occurredAt: new Date(newest - index * 1_800_000).toISOString(),
    }),
  );
}

const titles = (page: WatchedPage) => page.locator(".card .card-link").allTextContents();

describe("the console’s inbox, days and operators", () => {
  const suite = openConsole();
  const { visit } = suite;

  it("shows an inbox that is filtered, holds the filter in its address, and says so when nothing is like that", async () => {
    const shown = await visit(`/${signedIn}`);
    await shown.getByLabel("Level").selectOption({ label: "Elevated and above" });
    await shown.getByRole("link", { name: fixture.gardenDigest.title }).waitFor({ state: "detached" });
    assert.deepEqual(await titles(shown), [fixture.frontDoorDigest.title, fixture.smokeDigest.title]);
    await shown.getByLabel("Zone").selectOption({ label: "Front door" });
    await shown.getByRole("link", { name: fixture.smokeDigest.title }).waitFor({ state: "detached" });
    assert.equal(new URL(shown.url()).search, "?levelFrom=elevated&zone=front_door");
    await shown.reload();
    await shown.locator(".card").first().waitFor();
    assert.deepEqual(await titles(shown), [fixture.frontDoorDigest.title]);
    await shown.getByRole("combobox", { name: "Seen" }).selectOption({ label: "Animals" });
    await shown.getByRole("heading", { name: "No digest is like that" }).waitFor();
    assert.deepEqual(await shown.evaluate(basics), []);
    await shown.goBack();
    await shown.locator(".card").first().waitFor();
    await shown.getByRole("button", { name: "Clear" }).click();
    await shown.getByRole("link", { name: fixture.gardenDigest.title }).waitFor();
    assert.equal(new URL(shown.url()).search, "");
  });

  it("knows what has been read: by opening it, by a key, all at once, and after the page was loaded anew", async () => {
    const shown = await visit(`/${signedIn}`);
    const unread = shown.locator('.card[data-unread="true"]');
    await shown.getByRole("button", { name: "Unread 3" }).waitFor();
    await shown.getByRole("link", { name: fixture.frontDoorDigest.title }).click();
    await shown.getByRole("heading", { level: 1, name: fixture.frontDoorDigest.title }).waitFor();
    await shown.goBack();
    await shown.getByRole("button", { name: "Unread 2" }).waitFor();
    await unread.nth(2).waitFor({ state: "detached" });
    assert.equal(await unread.count(), 2);
    await shown.reload();
    await shown.getByRole("button", { name: "Unread 2" }).click();
    await shown.getByRole("link", { name: fixture.frontDoorDigest.title }).waitFor({ state: "detached" });
    await shown.getByRole("button", { name: "Unread 2" }).click();
    await shown.getByRole("link", { name: fixture.frontDoorDigest.title }).waitFor();
    await shown.keyboard.press("Shift+A");
    await shown.getByRole("button", { name: "Unread", exact: true }).waitFor();
    await unread.first().waitFor({ state: "detached" });
    assert.deepEqual(shown.faults, []);
  });

  it("is walked by keyboard, which a sheet explains, and which leaves fields alone", async () => {
    const shown = await visit(`/${signedIn}`);
    await shown.locator(".card").first().waitFor();
    const untilFocused = async (title: string | undefined) =>
      until(
        async () =>
          (await shown.evaluate<string>("document.activeElement.textContent")) === title ? true : undefined,
        { withinMs: 60_000, because: `${title} was not focused` },
      );
    await shown.keyboard.press("j");
    await untilFocused(digests[0]?.title);
    await shown.keyboard.press("j");
    await untilFocused(digests[1]?.title);
    await shown.keyboard.press("u");
    await shown.locator('.card[data-unread="false"]').first().waitFor();
    assert.equal(await shown.locator('.card[data-unread="false"]').count(), 1);
    await shown.keyboard.press("k");
    await shown.keyboard.press("?");
    const sheet = shown.getByRole("dialog", { name: "Keys" });
    await sheet.getByText("The next digest").waitFor();
    await shown.keyboard.press("Escape");
    await sheet.waitFor({ state: "hidden" });
    await shown.keyboard.press("/");
    await shown.keyboard.type("jk?");
    assert.equal(await shown.getByLabel("Ask in words").inputValue(), "jk?");
    await shown.keyboard.press("Tab");
    await shown.locator(`[data-digest="${digests[0]?.id}"] .card-link`).focus();
    await shown.keyboard.press("Enter");
    await shown.getByRole("heading", { level: 1, name: digests[0]?.title ?? "" }).waitFor();
    assert.equal(new URL(shown.url()).pathname, digestPath);
  });

  it("holds thousands of digests with few of them in the page, and finds the reader's place again", async () => {
    suite.api.data.digests = manyDigests();
    const shown = await visit(`/${signedIn}`, { viewport: { width: 390, height: 844 } });
    await shown.getByRole("link", { name: "Digest number 1", exact: true }).waitFor();
    // As a reader does: on, until the last is there.
    await shown.evaluate(`globalThis.scrolling = setInterval(() => scrollBy(0, 8000), 16)`);
    await shown.getByText("These are all digests that there are.").waitFor();
    await shown.evaluate("clearInterval(globalThis.scrolling); scrollTo(0, document.body.scrollHeight)");
    await shown.getByRole("link", { name: `Digest number ${manyMax}` }).waitFor();
    assert.ok((await shown.locator(".card").count()) < 60, "only what is near the screen is in the page");
    assert.ok((await shown.locator(".card").last().getAttribute("aria-posinset")) === String(manyMax));
    const last = shown.getByRole("link", { name: `Digest number ${manyMax}` });
    await last.scrollIntoViewIfNeeded();
    const before = await shown.evaluate<number>("scrollY");
    await last.click();
    await shown.locator("h1:focus").waitFor();
    await shown.goBack();
    await shown.getByRole("link", { name: `Digest number ${manyMax}` }).waitFor();
    assert.ok(Math.abs((await shown.evaluate<number>("scrollY")) - before) < 900);
    assert.deepEqual(shown.faults, []);
  });

  it("shows a day as a line of sessions: what came of each and why, its events, and one called false", async () => {
    const shown = await visit(`/${signedIn}`);
    await shown.getByRole("link", { name: "Day", exact: true }).click();
    await shown.getByRole("heading", { level: 1, name: "Today" }).waitFor();
    const waiting = shown.locator(`[data-session=${fixture.id("ses", 42)}]`);
    await waiting.getByText("Waiting in the queue, 3 reviews ahead.").waitFor();
    const open = shown.locator(`[data-session=${fixture.id("ses", 41)}]`);
    await open.getByText("No picture came with it to look at.").waitFor();
    await open.getByRole("button", { name: "Events" }).click();
    await open.getByText("Something moved.").waitFor();
    await open.getByRole("button", { name: "This was wrong" }).click();
    await open.getByText(/were called false 3 times and weigh less from now on/).waitFor();
    await open.getByRole("button", { name: "Close and look deeper" }).click();
    await open.getByText("Waiting in the queue, 3 reviews ahead.").waitFor();
    assert.deepEqual(await shown.evaluate(basics), []);
    await shown.getByRole("link", { name: "Day before" }).click();
    await shown.getByRole("heading", { level: 1, name: "Yesterday" }).waitFor();
    assert.equal(new URL(shown.url()).pathname, "/day/2026-11-19");
    assert.deepEqual(shown.faults, []);
  });

  it("takes that a digest was nothing: called false where it is read, and what comes of it is said", async () => {
    const shown = await visit(digestPath + signedIn);
    const panel = shown.getByRole("region", { name: "Was it nothing?" });
    await panel.getByRole("button", { name: "This was wrong" }).click();
    await panel.getByText(/Events like it \(motion at the driveway\) were called false 3 times/).waitFor();
    assert.deepEqual(await shown.evaluate(basics), []);
  });

  it("shows weeks as figures and small charts, and each bar leads to its day", async () => {
    const shown = await visit(`/trends${signedIn}`);
    await shown.getByText("in the middle; 5 of 6 serious digests opened").waitFor();
    assert.deepEqual(await shown.evaluate(basics), []);
    await shown.getByRole("link", { name: /^Yesterday: 1 critical/ }).click();
    await shown.getByRole("heading", { level: 1, name: "Yesterday" }).waitFor();
  });

  it("takes an operator's key alone, and forgets it", async () => {
    const shown = await visit("/operator");
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

  it("shows an operator the load and the ledger, sends a dead letter once more, and sets a tier", async () => {
    const shown = await visit("/operator");
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
    const models = shown.getByRole("region", { name: "Models" });
    await models.getByRole("img", { name: "Evidence 3.4 of 3.0" }).waitFor();
    await models.getByRole("row", { name: "night 2 5 60 too few yet" }).waitFor();
    const asked = models.getByRole("region", { name: "Where the two disagree" });
    await asked.getByRole("figure").filter({ hasText: "A sees 1 person" }).waitFor();
    await asked.getByRole("figure").filter({ hasText: "B sees nothing" }).waitFor();
    await asked.getByRole("button", { name: "A is right" }).click();
    await asked.waitFor({ state: "detached" });
    await models.getByRole("button", { name: "Roll back" }).click();
    await models.getByRole("definition").getByText("yolov8n", { exact: true }).waitFor();
    await shown.getByText("Nothing is missing.").waitFor();
    const traces = shown.getByRole("region", { name: "Traces" });
    await traces.getByText("412.5 ms · 2 spans").click();
    await traces
      .getByRole("listitem")
      .filter({ hasText: "process jobs vigil-worker312.5 ms · RangeError" })
      .last()
      .waitFor();
    assert.deepEqual(await shown.evaluate(basics), []);
  });
});
