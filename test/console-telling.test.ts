/** Where the account is told, on the console's page and in the browser's own notifications. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { until } from "../scripts/local/until.ts";
import * as fixture from "./console/fixtures.ts";
import { basics, digestPath, openConsole, signedIn } from "./console/suite.ts";

describe("the endpoints that are told, in the console", () => {
  const suite = openConsole();
  const { visit } = suite;

  it("are shown with what they were told, tested, and added with a secret that is shown once", async () => {
    const shown = await visit(`/${signedIn}`);
    await shown.getByRole("link", { name: "Tell me" }).click();
    const card = shown.getByRole("region", { name: fixture.endpoint.name }).first();
    await card.getByRole("button", { name: "What it was told" }).click();
    await card.getByText("delivered after 2 attempts").waitFor();
    await card.getByRole("button", { name: "Send a test" }).click();
    await card.getByText("This is a test").waitFor();
    await shown.getByLabel("URL, https").fill("https://hooks.example.com/other");
    await shown.getByRole("button", { name: "Add", exact: true }).click();
    await shown.getByText("whsec_c2VjcmV0").waitFor();
    await shown.getByRole("heading", { level: 3 }).nth(1).waitFor();
    assert.deepEqual(await shown.evaluate(basics), []);
  });

  it("are told in a language of their own, but for a webhook, which programs read", async () => {
    const mail = { ...fixture.endpoint, id: `${fixture.endpoint.id.slice(0, -1)}e`, type: "email" as const };
    suite.api.data.endpoints = [fixture.endpoint, { ...mail, name: "ada@example.com" }];
    const shown = await visit(`/endpoints${signedIn}`);
    const card = shown.getByRole("region", { name: "ada@example.com" });
    await card.getByLabel("Told in").selectOption("Deutsch");
    await until(() => suite.api.data.endpoints[1]?.language === "de" || undefined, {
      withinMs: 20_000,
      because: "it was not told in German",
    });
    const webhook = shown.getByRole("region", { name: fixture.endpoint.name });
    assert.equal(await webhook.getByLabel("Told in").count(), 0);
    assert.deepEqual(await shown.evaluate(basics), []);
  });

  it("are one list of all that was told, with the message and every attempt, and told once more", async () => {
    const shown = await visit(`/endpoints${signedIn}`);
    await shown.getByRole("link", { name: "What was told" }).click();
    await shown.getByRole("button", { name: "What was sent" }).click();
    await shown.getByText("answered 503 after 210 ms, busy").waitFor();
    await shown.getByText('"type": "vigil.digest.v1"').waitFor();
    await shown.getByRole("button", { name: "Tell again" }).click();
    assert.deepEqual(await shown.evaluate(basics), []);
  });

  it("wait in quiet hours, which an owner sets by the account's clock", async () => {
    const shown = await visit(`/${signedIn}`);
    await shown.getByRole("link", { name: "Settings" }).click();
    await shown.getByLabel("Time zone").selectOption("Asia/Tokyo");
    await shown.getByText("It is 03:30 there.").waitFor();
    await shown.getByLabel("Let alerts wait in quiet hours").check();
    await shown.getByLabel("From", { exact: true }).fill("21:15");
    await shown.getByRole("button", { name: "Save" }).click();
    await shown.getByText("Saved.").waitFor();
    const { timeZone, quietHours } = suite.api.data.account;
    assert.deepEqual([timeZone, quietHours], ["Asia/Tokyo", { from: "21:15", until: "07:00" }]);
    await shown.getByLabel("Days").fill("9");
    await shown.getByText("Pictures older than 9 days go within minutes").waitFor();
    await shown.getByRole("button", { name: "Keep them for 9 days" }).click();
    await shown.getByText("Pictures older than 9 days").waitFor({ state: "detached" });
    assert.equal(suite.api.data.account.pictures.daysChosen, 9);
    await shown.getByRole("button", { name: "Forget what was called false" }).click();
    await shown.getByRole("button", { name: "Yes, forget all of it" }).click();
    await shown.getByText("Forgotten: every event weighs what it weighs by itself.").waitFor();
    assert.deepEqual(await shown.evaluate(basics), []);
  });

  it("are not needed to hand one digest on: a link shown once, those that are open, and an end to each", async () => {
    const shown = await visit(`${digestPath}${signedIn}`);
    const panel = shown.getByRole("region", { name: "Hand it on" });
    await panel.getByText("opened 2 times").waitFor();
    await panel.getByRole("button", { name: "Make a link" }).click();
    await panel.getByText("http://console.test/shared/q8").waitFor();
    await panel.getByRole("button", { name: "Revoke" }).click();
    await panel.getByText("opened 2 times").waitFor({ state: "detached" });
    assert.deepEqual(await shown.evaluate(basics), []);
  });

  it("include this browser: what is pushed is shown, replaces its like, and opens its digest", async () => {
    const shown = await visit(`/${signedIn}`);
    await shown.context().grantPermissions(["notifications"]);
    const worker = shown.context().waitForEvent("serviceworker");
    await shown.evaluate(
      `navigator.serviceWorker.register("/service-worker.js").then(() => navigator.serviceWorker.ready)`,
    );
    const running = await worker;
    const cdp = await shown.context().newCDPSession(shown);
    const registered = new Promise<string>((resolve) => {
      cdp.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
        const [found] = registrations;
        if (found) resolve(found.registrationId);
      });
    });
    await cdp.send("ServiceWorker.enable");
    const registrationId = await registered;
    const push = (title: string, rings: boolean) =>
      cdp.send("ServiceWorker.deliverPushMessage", {
        origin: suite.site.url,
        registrationId,
        data: JSON.stringify({
          v: 1,
          kind: "digest",
          subject: fixture.frontDoorDigest.id,
          level: "elevated",
          title,
          body: "Two people at the door.",
          tag: "ses_1",
          rings,
          picture: null,
          url: `${suite.site.url}${digestPath}`,
        }),
      });
    // What the browser is asked to show is kept, and shown.
    await running.evaluate(`
        self.shown = [];
        const show = self.registration.showNotification.bind(self.registration);
        self.registration.showNotification = (title, options) => {
          self.shown.push({ title, tag: options.tag, silent: options.silent, url: options.data.url });
          return show(title, options);
        };`);
    const notified = () => running.evaluate<{ title: string }[]>("self.shown");
    await push("Two people", true);
    await push("Two people and a car", false);
    await until(async () => (await notified())[1], {
      withinMs: 180_000,
      because: "the second was not shown",
    });
    const url = `${suite.site.url}${digestPath}`;
    assert.deepEqual(await notified(), [
      { title: "Two people", tag: "ses_1", silent: false, url },
      { title: "Two people and a car", tag: "ses_1", silent: true, url },
    ]);
  });
});
