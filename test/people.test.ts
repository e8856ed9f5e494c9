/** People in a real browser against the real API: sign up, sign in, invite, and be refused. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { sign } from "@vigil/core/worker/signature";
import type { Browser } from "playwright-core";
import { launchBrowser, openPage, type WatchedPage } from "./console/browser.ts";
import { filmRoom } from "./console/filmed-room.ts";
import { basics } from "./console/suite.ts";
import { type FrontDoor, openFrontDoor } from "./walk/front-door.ts";
import { beat, type QuickWorker, reportJobs } from "./walk/quick-worker.ts";
import { createWorld, type World } from "./walk/world.ts";

describe("people at the front door", () => {
  let world: World;
  let door: FrontDoor;
  let browser: Browser;
  let owner: WatchedPage;
  let guest: WatchedPage;
  before(async () => {
    [world, browser] = await Promise.all([createWorld([]), launchBrowser()]);
    door = await openFrontDoor(world.storeUrl);
    const api = await world.startApi(door.environment);
    door.peers.apiUrl = api.url;
    owner = await openPage(browser);
    await owner.addInitScript({ content: filmRoom });
    guest = await openPage(browser);
  });
  after(async () => {
    await browser?.close();
    await world?.close();
    await door?.close();
  });

  async function signIn(page: WatchedPage, address: string, path = "/"): Promise<void> {
    await page.goto(door.origin + path);
    await page.getByLabel("E-mail address").fill(address);
    await page.getByRole("button", { name: "Send me a code" }).click();
    await page.getByLabel("Code").fill(await door.codeFor(address));
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
  }
  const noFaults = async (page: WatchedPage) => assert.deepEqual(await page.evaluate(basics), []);

  it("signs up: a code from the mail, an account with its first place, and in", async () => {
    await signIn(owner, "ada@example.com");
    await owner.getByRole("heading", { name: "Welcome" }).waitFor();
    await noFaults(owner);
    await owner.getByLabel("Your name").fill("Ada");
    await owner.getByLabel("The account’s name").fill("Harbour Street");
    await owner.getByLabel("Time zone").selectOption("Europe/London");
    await owner.getByRole("button", { name: "Open the account" }).click();
    await owner.locator(".top-account", { hasText: "Harbour Street" }).waitFor();
  });

  it("adds a passkey, signs out, and comes back with it", async () => {
    const cdp = await owner.context().newCDPSession(owner);
    await cdp.send("WebAuthn.enable");
    await cdp.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await owner.getByRole("link", { name: "People" }).click();
    await owner.getByRole("button", { name: "Add a passkey" }).click();
    await owner.getByText("This device").waitFor();
    await noFaults(owner);
    await owner.getByRole("button", { name: "Sign out" }).click();
    await owner.getByRole("button", { name: "Use a passkey" }).click();
    await owner.locator(".top-account", { hasText: "Harbour Street" }).waitFor();
  });

  it("invites a second person, who joins by the link and sees what their role shows", async () => {
    await owner.getByRole("button", { name: "Make a link" }).click();
    const link = (await owner.locator(".secret code").textContent()) ?? "";
    assert.ok(link.startsWith(`${door.origin}/invitation#`));
    await signIn(guest, "bea@example.com", link.slice(door.origin.length));
    await guest.getByRole("heading", { name: "Harbour Street" }).waitFor();
    await guest.getByText("Ada invites you (bea@example.com) as member").waitFor();
    await guest.getByLabel("Your name").fill("Bea");
    await guest.getByRole("button", { name: "Join" }).click();
    await guest.getByRole("link", { name: "People" }).click();
    await guest.getByText("Ada", { exact: true }).waitFor();
    assert.equal(await guest.getByRole("button", { name: "Make a link" }).count(), 0);
    await noFaults(guest);
  });

  it("has the browser as its first camera: what moves before it is reported with its pictures, until it is removed", async () => {
    const faultsBefore = owner.faults.length;
    await owner.goto(door.origin);
    await owner.getByRole("link", { name: "Use this browser as a camera" }).click();
    await noFaults(owner);
    await owner.getByLabel("What it is called").fill("Desk");
    await owner.getByLabel("What it watches").fill("hallway");
    await owner.getByRole("button", { name: "Add this browser" }).click();
    await owner.getByRole("button", { name: "Start watching" }).click();
    await owner.locator(".camera-report .level").first().waitFor();
    await noFaults(owner);
    const events = await world.base.owner<{ type: string; zone: string; ready: number }[]>`
      select event.type, event.zone, count(moment.id) filter (where moment.state = 'ready')::int as ready
      from event join moment on moment.event_id = event.id group by event.id`;
    assert.deepEqual(events[0], { type: "motion", zone: "hallway", ready: 4 });
    // A page that is opened anew is the same camera.
    await owner.reload();
    await owner.getByRole("button", { name: "Remove “Desk”" }).click();
    await owner.getByRole("button", { name: "Add this browser" }).waitFor();
    assert.deepEqual(owner.faults.slice(faultsBefore), []);
  });

  it("shows a digest by itself, in the page that another of them has open", async () => {
    const [account] = await world.base.owner<{ id: string }[]>`select id from account`;
    const ask: QuickWorker["ask"] = async (path, { key, method, json }) => {
      const body = JSON.stringify(json);
      const signed = sign(key, { id: `msg_${randomUUID()}`, at: new Date(), body });
      const headers = { authorization: `Bearer ${key}`, "content-type": "application/json", ...signed };
      return fetch(`${door.peers.apiUrl}${path}`, { method, body, headers });
    };
    const changed = await ask(`/operator/v1/accounts/${account?.id}/tier`, {
      key: world.base.seeded.operatorToken,
      method: "PUT",
      json: { tier: "pro" },
    });
    assert.equal(changed.status, 200);
    const following = guest.waitForResponse((answer) => answer.url().endsWith("/v1/digests/stream"));
    await guest.goto(door.origin);
    await following;
    const over = new AbortController();
    const worker = { ask, world, signal: over.signal };
    const working = Promise.all([beat(worker), reportJobs(worker)]).catch((error: unknown) => {
      if (!over.signal.aborted) throw error;
    });
    try {
      await owner.goto(door.origin);
      await owner
        .getByRole("button", { name: /look deeper/i })
        .first()
        .click();
      await guest.locator(".card", { hasText: "person" }).first().waitFor();
      await noFaults(guest);
    } finally {
      over.abort();
      await working;
    }
  });

  it("removes them: their page is shown the door within moments, and the link opens nothing", async () => {
    await owner.getByRole("link", { name: "People" }).click();
    await owner.getByRole("button", { name: "Remove Bea" }).click();
    await owner.getByText("Ada removed Bea").waitFor();
    await guest.reload();
    await guest.getByRole("heading", { name: "Welcome" }).waitFor();
  });
});
