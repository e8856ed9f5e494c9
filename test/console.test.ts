/** The console in a real headless browser, against a double of the API that serves what the wire schemas accept. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { WatchedPage } from "./console/browser.ts";
import * as fixture from "./console/fixtures.ts";
import { basics, digestPath, digests, openConsole, signedIn } from "./console/suite.ts";

describe("console", () => {
  const suite = openConsole();
  const { visit } = suite;

  describe("the list", () => {
    it("shows the newest digests first, with level in words, title, time in the account's zone and cover", async () => {
      const shown = await visit(`/${signedIn}`, { timezoneId: "Asia/Tokyo" });
      const cards = shown.locator(".card");
      await cards.first().waitFor();
      assert.deepEqual(
        await cards.locator("h3").allTextContents(),
        digests.map(({ title }) => `Unread: ${title}`),
      );
      const first = cards.first();
      assert.match(await first.innerText(), /Elevated[\s\S]*18:28/);
      assert.deepEqual(await shown.locator(".day-name").allTextContents(), ["Today", "Yesterday"]);
      const cover = first.getByRole("img", { name: "Home: 2 people and 1 car" });
      await first.locator("img[data-state=loaded]").waitFor();
      assert.equal(
        await cover.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth),
        960,
      );
      assert.equal(await cards.nth(2).getByRole("img", { name: "No picture from Home" }).count(), 1);
      assert.deepEqual(shown.faults, []);
    });

    it("takes the token out of the address and keeps it for the tab", async () => {
      const shown = await visit(`/${signedIn}`);
      await shown.locator(".card").first().waitFor();
      assert.equal(new URL(shown.url()).hash, "");
      await shown.reload();
      await shown.locator(".card").first().waitFor();
      await shown.getByRole("button", { name: "Sign out" }).click();
      await shown.getByLabel("E-mail address").waitFor();
      assert.equal(await shown.evaluate("sessionStorage.length"), 0);
    });

    it("shows usage, sessions under way with their position in the queue, and devices", async () => {
      const shown = await visit(`/${signedIn}`);
      const panel = (name: string) => shown.getByRole("region", { name });
      await panel("Deep reviews").getByText("of 5 left today").waitFor();
      assert.match(await panel("Deep reviews").innerText(), /Guardian[\s\S]*2 of 5[\s\S]*tomorrow at 00:00/);
      await panel("Under way").getByText("Waiting in the queue, 3 reviews ahead.").waitFor();
      assert.match(await panel("Under way").innerText(), /open · 12 s ago/);
      assert.match(await panel("Devices").innerText(), /Doorbell[\s\S]*front door[\s\S]*heard 40 s ago/);
      assert.match(await panel("Devices").innerText(), /Smoke alarm[\s\S]*Silent: nothing is heard of it/);
    });

    it("shows gateways, and on a page of their own the sensors that they speak for", async () => {
      const shown = await visit(`/${signedIn}`);
      const panel = shown.getByRole("region", { name: "Gateways" });
      await panel.getByText("1 of 2 sensors not heard · 2 events on their way").waitFor();
      await panel.getByRole("link", { name: "Gateways" }).click();
      await shown.getByRole("heading", { level: 1, name: "Gateways" }).waitFor();
      const row = shown.getByRole("row", { name: /S-104/ });
      assert.equal(await row.innerText(), "S-104\tboiler room\tsilent\t2/5\tthermal 31.2 °C");
      assert.deepEqual(await shown.evaluate(basics), []);
    });

    it("shows a digest that arrives while the page is open, and says it aloud", async () => {
      suite.api.data.digests = [fixture.gardenDigest];
      const shown = await visit(`/${signedIn}`);
      await shown.getByRole("link", { name: fixture.gardenDigest.title }).waitFor();
      suite.api.data.digests = digests;
      await shown.getByRole("link", { name: fixture.frontDoorDigest.title }).waitFor();
      assert.equal(
        await shown.getByText(`New digest: ${fixture.frontDoorDigest.title}`).getAttribute("role"),
        "status",
      );
    });

    it("shows at once what the stream tells of", async () => {
      suite.api.data.digests = [fixture.gardenDigest];
      const shown = await visit(`/${signedIn}`);
      await shown.getByRole("link", { name: fixture.gardenDigest.title }).waitFor();
      const asked = () => suite.api.requests.filter(({ path: asking }) => asking === "/v1/digests").length;
      const askedBefore = asked();
      suite.api.data.digests = digests;
      suite.api.tell("digest", fixture.frontDoorDigest.id);
      await shown.getByRole("link", { name: fixture.frontDoorDigest.title }).waitFor();
      assert.ok(
        asked() <= askedBefore + 2,
        "it asked once as it was told, and once as the stream began at most",
      );
    });

    it("answers a question in words, says how it was understood, and goes back to all digests", async () => {
      const shown = await visit(`/${signedIn}`);
      await shown.getByLabel("Ask in words").fill("person last night");
      await shown.getByRole("button", { name: "Ask", exact: true }).click();
      await shown.getByText("1 found. Looked for: person, Yesterday 18:00 to Today 06:00.").waitFor();
      assert.equal(await shown.locator(".card").count(), 1);
      assert.deepEqual(await shown.evaluate(basics), []);
      await shown.getByRole("button", { name: "All digests" }).click();
      await shown.getByRole("link", { name: fixture.gardenDigest.title }).waitFor();
    });

    it("offers no deep review to a tier without them, and says why there are no digests", async () => {
      suite.api.data.account = { ...fixture.account, tier: "lite" };
      suite.api.data.usage = { tier: "lite", reviews: { limit: 0, used: 0, left: 0, refunded: 0 } };
      suite.api.data.digests = [];
      const shown = await visit(`/${signedIn}`);
      await shown.getByRole("heading", { name: "Nothing to tell yet" }).waitFor();
      await shown.getByText("Movement on the drive.").waitFor();
      assert.equal(await shown.getByRole("button", { name: /look deeper/i }).count(), 0);
    });

    it("says so when there is nothing yet", async () => {
      suite.api.data.digests = [];
      const shown = await visit(`/${signedIn}`);
      await shown.getByRole("heading", { name: "Nothing to tell yet" }).waitFor();
    });
  });

  describe("asking for a deep review", () => {
    it("asks once, with an idempotency key, and shows the review's state", async () => {
      const shown = await visit(`/${signedIn}`);
      const row = shown.locator(`[data-session=${fixture.id("ses", 43)}]`);
      await row.getByRole("button", { name: "Look deeper" }).click();
      await row.getByText("Waiting in the queue, 3 reviews ahead.").waitFor();
      const asked = suite.api.requests.filter(({ method }) => method === "POST");
      assert.equal(asked.length, 1);
      assert.match(asked[0]?.idempotencyKey ?? "", /^[0-9a-f]{32}$/);
    });

    it("says in words why it was refused", async () => {
      suite.api.refuseReviewsWith("quota-exceeded");
      const shown = await visit(`/${signedIn}`);
      const row = shown.locator(`[data-session=${fixture.id("ses", 43)}]`);
      await row.getByRole("button", { name: "Look deeper" }).click();
      await row.getByRole("alert").getByText("deep reviews are used up").waitFor();
      suite.api.refuseReviewsWith("internal");
      await row.getByRole("button", { name: "Look deeper" }).click();
      await row.getByText(/An unexpected error.*as the test wants it.*req_0+beef/).waitFor();
      suite.api.refuseReviewsWith(undefined);
      await row.getByRole("button", { name: "Look deeper" }).click();
      await row.getByText("Waiting in the queue, 3 reviews ahead.").waitFor();
      assert.equal(new Set(suite.api.requests.flatMap(({ idempotencyKey }) => idempotencyKey ?? [])).size, 3);
    });
  });

  describe("a digest", () => {
    it("opens from the list and has an address of its own", async () => {
      const shown = await visit(`/${signedIn}`);
      await shown.getByRole("link", { name: fixture.frontDoorDigest.title }).click();
      const heading = shown.getByRole("heading", { level: 1, name: fixture.frontDoorDigest.title });
      await heading.waitFor();
      assert.equal(new URL(shown.url()).pathname, digestPath);
      assert.equal(await shown.locator("h1:focus").count(), 1);
      await shown.goBack();
      await shown.locator(".card").first().waitFor();
      assert.deepEqual(shown.faults, []);
    });

    for (const width of [1280, 360]) {
      it(`draws boxes where the detections are, at ${width} pixels`, async () => {
        const shown = await visit(digestPath + signedIn, { viewport: { width, height: 800 } });
        await shown.locator(".large-picture-frame img[data-state=loaded]").waitFor();
        await shown.locator(".box").first().waitFor();
        const image = await boundsOf(shown, ".large-picture-frame img");
        assert.ok(Math.abs(image.width / image.height - 960 / 600) < 0.01, "the picture keeps its shape");
        const [man, woman, car] = [fixture.man, fixture.woman, fixture.car];
        for (const [index, { box }] of [man, woman, car].entries()) {
          const drawn = await boundsOf(shown, `.box[data-index="${index}"] .box-line`);
          const expected = {
            x: image.x + box[0] * image.width,
            y: image.y + box[1] * image.height,
            width: box[2] * image.width,
            height: box[3] * image.height,
          };
          for (const side of ["x", "y", "width", "height"] as const) {
            // Half of a line's width and the rounding of a pixel.
            assert.ok(Math.abs(drawn[side] - expected[side]) <= 3, `${side} of box ${index}`);
          }
        }
        assert.match(await shown.locator(".boxes").innerText(), width < 480 ? /person/ : /person 91\s%/);
      });
    }

    it("links sentences and pictures in both directions", async () => {
      const shown = await visit(digestPath + signedIn);
      const sentence = shown.locator(".sentences .sentence");
      const lit = async () => {
        const thumbnails = await shown.locator(".thumbnail[data-lit=true]").all();
        return Promise.all(thumbnails.map((thumbnail) => thumbnail.getAttribute("data-moment")));
      };
      await sentence.first().hover();
      assert.deepEqual(await lit(), [fixture.id("mom", 12), fixture.id("mom", 13)]);
      await shown.locator("h1").hover();
      await sentence.nth(2).getByRole("button", { name: "Picture 3" }).focus();
      assert.deepEqual(await lit(), [fixture.id("mom", 13)]);
      await shown.locator(`.thumbnail[data-moment=${fixture.id("mom", 12)}]`).hover();
      assert.deepEqual(
        await shown.locator(".sentences .sentence[data-lit=true]").allInnerTexts(),
        (await sentence.allInnerTexts()).slice(0, 2),
      );
      await sentence.first().getByRole("button", { name: "Picture 2" }).click();
      assert.equal(
        await shown.locator(".large-picture-frame").getAttribute("data-moment"),
        fixture.id("mom", 12),
      );
    });

    it("walks through the pictures by keyboard", async () => {
      const shown = await visit(digestPath + signedIn);
      const current = shown.locator(".thumbnail[aria-current=true]");
      await current.focus();
      await shown.keyboard.press("ArrowLeft");
      assert.equal(await current.getAttribute("data-moment"), fixture.id("mom", 12));
      await shown.keyboard.press("End");
      assert.equal(await current.getAttribute("data-moment"), fixture.id("mom", 17));
      assert.equal(await shown.locator(".thumbnail[aria-current=true]:focus").count(), 1);
    });

    it("says of every picture what became of it, and why the level is what it is", async () => {
      const shown = await visit(digestPath + signedIn);
      const words = await shown.getByRole("region", { name: "Picture by picture" }).innerText();
      for (const expected of [
        "Nothing in it.",
        "1 person and 1 car.",
        "2 people and 1 car.",
        "As in picture 3",
        "Could not be read: the file ends in the middle.",
        "The picture is missing: never uploaded.",
        "Not looked at yet: the system was busy.",
      ]) {
        assert.ok(words.includes(expected), `${expected} is missing in: ${words}`);
      }
      const reasons = await shown.getByRole("region", { name: "Why this level" }).innerText();
      assert.match(reasons, /\+0\.52[\s\S]*−0\.21/);
      const proved = await shown.getByRole("region", { name: "What the pictures prove" }).innerText();
      assert.match(proved, /2 of 3 pictures are in the evidence log as accepted\./);
      assert.match(proved, /Picture 1\. The very same file came before, as taken /);
      assert.match(proved, /Picture 2\. Signed by Door camera 7, and unchanged since\. Nobody here/);
      const facts = await shown.getByRole("region", { name: "How it was done" }).innerText();
      assert.match(
        facts,
        /3\.4 s after the last event[\s\S]*the same person again and number plates[\s\S]*yolov8n[\s\S]*cpu/,
      );
    });

    it("asks for new URLs when those of the pictures have expired", async () => {
      suite.api.expireNext(1);
      const shown = await visit(digestPath + signedIn);
      await shown.locator(".large-picture-frame img[data-state=loaded]").waitFor();
      await shown.locator(".thumbnail img[data-state=loaded]").nth(5).waitFor();
      const asked = suite.api.requests.filter(({ path: asking }) => asking.endsWith(digestPath));
      assert.ok(asked.length <= 3, `one request renews all pictures, got ${asked.length - 1}`);
    });

    it("says since when a picture is erased, because the time to keep it was over", async () => {
      const [moment] = suite.api.data.digests[0]?.moments ?? [];
      assert.ok(moment);
      delete moment.image;
      moment.imageErasedAt = "2026-12-20T04:00:00Z";
      const shown = await visit(digestPath + signedIn);
      await shown
        .getByRole("region", { name: "Picture by picture" })
        .getByText("Erased 20 Dec 2026, 04:00.")
        .waitFor();
      await shown.getByRole("button", { name: "Show picture 1" }).click();
      await shown.locator(".large-picture-frame .picture-none").waitFor();
    });

    it("says so when a picture stays out of reach", async () => {
      suite.api.expireNext(100);
      const shown = await visit(digestPath + signedIn);
      await shown.locator(".large-picture-frame .picture-none").waitFor();
    });

    it("of another account does not exist", async () => {
      const shown = await visit(`/digests/${fixture.id("dig", 99)}${signedIn}`);
      await shown.getByRole("heading", { name: "There is no such digest in this account" }).waitFor();
    });
  });

  describe("when something is wrong", () => {
    it("explains what kind of key was pasted, and refuses a bad token in words", async () => {
      const shown = await visit("/");
      await shown.getByRole("button", { name: "Use a member token instead" }).click();
      const field = shown.getByLabel("Member token");
      await field.fill("vgl_dev_0123456789abcdef");
      await shown.getByRole("button", { name: "Sign in", exact: true }).click();
      await shown.getByRole("alert").getByText("device’s key").waitFor();
      await field.fill("vgl_mem_wrong0123456789");
      await shown.getByRole("button", { name: "Sign in", exact: true }).click();
      await shown.getByRole("alert").getByText("This token is not accepted.").waitFor();
      assert.equal(await shown.evaluate("sessionStorage.length"), 0);
      await field.fill(fixture.memberToken);
      await shown.getByRole("button", { name: "Sign in", exact: true }).click();
      await shown.locator(".card").first().waitFor();
    });

    it("returns to the sign-in when the token is revoked meanwhile", async () => {
      const shown = await visit(`/${signedIn}`);
      await shown.locator(".card").first().waitFor();
      suite.api.data.memberToken = "vgl_mem_another";
      await shown.getByRole("alert").getByText("not accepted any more").waitFor();
    });

    it("says that the API is away, keeps what it has, and recovers by itself", async () => {
      const shown = await visit(`/${signedIn}`);
      await shown.locator(".card").first().waitFor();
      suite.api.goAway(true);
      await shown.getByText("Vigil does not answer at the moment.").waitFor();
      assert.equal(await shown.locator(".card").count(), 3);
      suite.api.goAway(false);
      await shown.getByText("Vigil does not answer at the moment.").waitFor({ state: "detached" });
    });
  });

  describe("accessibility", () => {
    for (const address of ["/", digestPath]) {
      it(`names everything and fits a narrow screen: ${address === "/" ? "the list" : "a digest"}`, async () => {
        const shown = await visit(address + signedIn, {
          viewport: { width: 360, height: 740 },
          reducedMotion: "reduce",
        });
        await shown.locator("img[data-state=loaded]").first().waitFor();
        const findings = await shown.evaluate(basics);
        assert.deepEqual(findings, []);
        assert.equal(await shown.getByRole("main").count(), 1);
        assert.equal(await shown.getByRole("banner").count(), 1);
        assert.equal(await shown.getByRole("heading", { level: 1 }).count(), 1);
      });
    }
  });
});

async function boundsOf(page: WatchedPage, selector: string) {
  const bounds = await page.locator(selector).boundingBox();
  assert.ok(bounds !== null, `expected ${selector} to be visible`);
  return bounds;
}
