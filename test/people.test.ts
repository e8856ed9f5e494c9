/** People in a real browser against the real API: sign up, sign in, invite, and be refused. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { sign } from "@vigil/core/worker/signature";
import type { Browser } from "playwright-core";
import { type StripeStandIn, startStripe } from "../scripts/local/stripe/index.ts";
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
  let stripe: StripeStandIn;
  before(async () => {
    [world, browser] = await Promise.all([createWorld([]), launchBrowser()]);
    door = await openFrontDoor(world.storeUrl);
    stripe = await startStripe({
      apiUrl: () => door.peers.apiUrl,
      secretKey: "sk_test_of_the_walk",
      webhookSecret: "whsec_of_the_walk",
    });
    const api = await world.startApi({ ...door.environment, ...stripe.environment });
    door.peers.apiUrl = api.url;
    owner = await openPage(browser);
    await owner.addInitScript({ content: filmRoom });
    guest = await openPage(browser);
  });
  after(async () => {
    await browser?.close();
    await world?.close();
    await stripe?.stop();
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

  it("buys: the page of the payment provider and back, and the plan is theirs", async () => {
    await owner.goto(door.origin);
    await owner.getByRole("link", { name: "Plan" }).click();
    const plan = owner.getByRole("region", { name: "Pro" });
    await plan.getByText("£20 a month").waitFor();
    await noFaults(owner);
    await plan.getByRole("button", { name: "Buy Pro" }).click();
    await owner.getByRole("button", { name: "Pay with a card that works" }).click();
    await owner.getByText("Thank you. It is yours from now on.").waitFor();
    await owner.getByRole("heading", { name: "Your subscription: Pro" }).waitFor();
    await noFaults(owner);
    await owner.getByRole("button", { name: "Cancel it" }).click();
    await owner.getByRole("button", { name: "Cancel at the end of the month" }).click();
    await owner.getByRole("link", { name: "Back to Vigil" }).click();
    await owner.getByText("Cancelled: it ends on").waitFor();
  });

  it("shows a digest by itself, in the page that another of them has open", async () => {
    const ask: QuickWorker["ask"] = async (path, { key, method, json }) => {
      const body = JSON.stringify(json);
      const signed = sign(key, { id: `msg_${randomUUID()}`, at: new Date(), body });
      const headers = { authorization: `Bearer ${key}`, "content-type": "application/json", ...signed };
      return fetch(`${door.peers.apiUrl}${path}`, { method, body, headers });
    };
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

  it("lets a device in by the code that it shows, gives its key a successor, and locks it out", async () => {
    const call = async (path: string, body: object, key?: string) => {
      const answer = await fetch(`${door.peers.apiUrl}${path}`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        },
        body: JSON.stringify(body),
      });
      return { status: answer.status, body: (await answer.json()) as Record<string, string> };
    };
    const asked = await call("/v1/enrolments", { name: "Camera 7", kind: "camera" });
    const { verificationUriComplete = "", deviceCode } = asked.body;
    // As a phone does that has scanned it.
    await owner.goto("about:blank");
    await owner.goto(verificationUriComplete);
    await owner.getByRole("button", { name: "Look for it" }).click();
    await owner.getByText("A camera that calls itself “Camera 7”").waitFor();
    await noFaults(owner);
    await owner.getByLabel("What you call it").fill("Porch");
    await owner.getByLabel("What it watches there").fill("porch");
    await owner.getByRole("button", { name: "Let it in" }).click();
    await owner.getByText("Porch is let in").waitFor();
    const { body: enrolled } = await call("/v1/enrolments/key", { deviceCode });
    const report = async (key: string | undefined) => {
      const event = { id: `e${Date.now()}`, type: "motion", occurredAt: new Date().toISOString() };
      return (await call("/v1/events", event, key)).status;
    };
    assert.equal(await report(enrolled["key"]), 202);
    await owner.getByRole("link", { name: "Devices" }).click();
    const card = owner.getByRole("region", { name: "Porch" });
    await card.getByRole("combobox").selectOption("stop at once");
    await card.getByRole("button", { name: "New key" }).click();
    const successor = (await card.locator(".secret code").textContent()) ?? "";
    await noFaults(owner);
    assert.deepEqual([await report(enrolled["key"]), await report(successor)], [401, 202]);
    await card.getByRole("button", { name: /^Revoke/ }).click();
    await card.getByText("No valid key").waitFor();
    assert.equal(await report(successor), 401);
  });

  it("removes them: their page is shown the door within moments, and the link opens nothing", async () => {
    await owner.getByRole("link", { name: "People" }).click();
    await owner.getByRole("button", { name: "Remove Bea" }).click();
    await owner.getByText("Ada removed Bea").waitFor();
    await guest.reload();
    await guest.getByRole("heading", { name: "Welcome" }).waitFor();
  });
});
