/** A digest is handed on: a link that anybody may open, and a bundle that is checked without Vigil, in a real browser. */
import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { reportDigest, requestReview } from "@vigil/core/flow";
import type { Bundle, ShareView, ShareWithUrl } from "@vigil/core/share/wire";
import { unzipSync } from "fflate";
import type { Browser } from "playwright-core";
import { type ServedApi, serveApi } from "../functions/testing/served-api.ts";
import { image } from "../packages/core/testing/images.ts";
import { createTestServices, movableClock } from "../packages/core/testing/services.ts";
import { type Arranged, arrange, findingsFor } from "../packages/core/testing/walk.ts";
import { launchBrowser, openPage } from "./console/browser.ts";

describe("a digest that is handed on", () => {
  let served: ServedApi;
  let browser: Browser;
  let folder: string;
  let walk: Arranged;
  let digestId: string;
  let token: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "vigil-bundle-"));
    [served, browser] = await Promise.all([serveApi(), launchBrowser()]);
    const services = createTestServices(served.base, movableClock(new Date()));
    walk = arrange(served.base, "pro", { ...services, blobs: served.blobs });
    token = served.base.seeded.accounts.find(({ tier }) => tier === "pro")?.memberToken ?? "";
    const images = await Promise.all([1, 2, 3].map((seed) => image(`${seed}.jpg`, seed)));
    const { sessionId } = await walk.post(walk.event({ type: "person", zone: "<b>yard</b>" }), images);
    await requestReview(walk.services, { accountId: walk.accountId, sessionId, actor: "test" });
    await walk.beat();
    const [job] = await walk.receive();
    assert.ok(job);
    const person = {
      label: "person",
      confidence: 0.9,
      box: [0.1, 0.1, 0.2, 0.5] as [number, number, number, number],
    };
    ({ digestId } = await reportDigest(walk.services, findingsFor(job, [person])));
  });
  after(async () => {
    await browser?.close();
    await served.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function call<T>(method: string, at: string, body?: unknown, language = "en"): Promise<T> {
    const answer = await fetch(`${served.url}${at}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        "idempotency-key": randomUUID(),
        "accept-language": language,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    assert.ok(answer.ok, `${method} ${at}: ${answer.status}`);
    return (answer.status === 204 ? undefined : await answer.json()) as T;
  }
  const share = async () => {
    const made = await call<ShareWithUrl>("POST", `/v1/digests/${digestId}/shares`, { hours: 1 });
    return { ...made, at: `${served.url}${new URL(made.url).pathname}` };
  };
  const deeds = async () =>
    (
      await served.base.owner<{ action: string }[]>`
        select action from audit where action like 'share.%' or action = 'digest.exported' order by id`
    ).map(({ action }) => action);

  it("is read by whoever has the link: its words and its pictures, without signing in", async () => {
    const { at, id } = await share();
    const shown = await openPage(browser);
    const answer = await shown.goto(at);
    const headers = answer?.headers() ?? {};
    assert.equal(headers["cache-control"], "no-store");
    assert.equal(headers["referrer-policy"], "no-referrer");
    await shown.getByRole("heading", { level: 1, name: /person/i }).waitFor();
    await shown.getByText("Whoever has this link can read this page.").waitFor();
    const widths = await shown.evaluate<number[]>(
      `Promise.all([...document.images].map((image) => image.decode().then(() => image.naturalWidth)))`,
    );
    assert.deepEqual(widths, [64, 64, 64]);
    assert.equal(await shown.locator("b").count(), 0, "what came from outside is text");
    assert.deepEqual(shown.faults, []);
    await shown.context().close();
    const german = await fetch(at, { headers: { "accept-language": "de" } });
    assert.deepEqual(
      [german.headers.get("content-language"), german.headers.get("vary")],
      ["de", "Accept-Language"],
    );
    const page = await german.text();
    assert.match(page, /<html lang="de">[^]*<h1>[^<]*Person[^]*<h2>Bilder<[^]*· Person 90 %/);
    assert.doesNotMatch(page, />[^<]*\b(?:the|person|shared|pictures|minute by)\b/);
    const { items } = await call<{ items: ShareView[] }>("GET", "/v1/shares");
    assert.deepEqual(
      items.map((one) => [one.id, one.openings]),
      [[id, 2]],
    );
    const [kept] = await served.base.owner<
      { row: string }[]
    >`select row_to_json(share)::text as row from share`;
    assert.ok(!kept?.row.includes(at.slice(at.lastIndexOf("/") + 1)), "the token is not kept");
  });

  it("is read no longer once the link is revoked or has expired, and never by a link that was made up", async () => {
    const [revoked, expired] = [await share(), await share()];
    await call("DELETE", `/v1/shares/${revoked.id}`);
    await call("DELETE", `/v1/shares/${revoked.id}`);
    await served.base.owner`update share set expires_at = now() where id = ${expired.id}`;
    const madeUp = `${expired.at.slice(0, -2)}AA`;
    const answers = await Promise.all(
      [revoked.at, expired.at, madeUp, `${served.url}/shared/x`].map(async (at) => {
        const answer = await fetch(at);
        return `${answer.status} ${answer.headers.get("cache-control")} ${await answer.text()}`;
      }),
    );
    assert.equal(new Set(answers).size, 1, "they cannot be told from each other");
    assert.match(answers[0] ?? "", /^404 no-store [\s\S]*does not open anything any more/);
    assert.deepEqual(await deeds(), [
      "share.created",
      "share.opened",
      "share.created",
      "share.created",
      "share.revoked",
    ]);
  });

  it("is not opened without end by one link, while others still open", async () => {
    const [busy, other] = [await share(), await share()];
    const statuses: number[] = [];
    for (let opening = 0; opening < 40; opening += 1) {
      const answer = await fetch(busy.at);
      statuses.push(answer.status);
      await answer.body?.cancel();
    }
    assert.ok(statuses.filter((status) => status === 200).length >= 30);
    assert.equal(statuses.at(-1), 429);
    assert.equal((await fetch(other.at)).status, 200);
  });

  it("is exported with its pictures into a bundle that a browser checks offline", async () => {
    const bundle = await call<Bundle>("POST", `/v1/digests/${digestId}/exports`);
    assert.equal(bundle.pictures, 3);
    const zip = new Uint8Array(await (await fetch(bundle.url)).arrayBuffer());
    const again = await call<Bundle>("POST", `/v1/digests/${digestId}/exports`);
    assert.equal(
      new URL(again.url).pathname,
      new URL(bundle.url).pathname,
      "the same digest is the same bundle",
    );
    const files = unzipSync(zip);
    for (const [name, bytes] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), bytes);
    }
    const sums = Buffer.from(files["SHA256SUMS"] ?? []).toString();
    assert.equal(createHash("sha256").update(sums).digest("hex"), bundle.sumsSha256);
    for (const line of sums.trim().split("\n")) {
      const [sum, name = ""] = line.split("  ");
      assert.equal(
        createHash("sha256")
          .update(files[name] ?? "")
          .digest("hex"),
        sum,
        name,
      );
    }
    assert.doesNotMatch(Buffer.from(files["digest.json"] ?? []).toString(), /X-Amz-/, "no URL is handed on");
    const [audited] = await served.base.owner<{ detail: { sumsSha256: string } }[]>`
      select detail from audit where action = 'digest.exported' limit 1`;
    assert.equal(audited?.detail.sumsSha256, bundle.sumsSha256);

    const shown = await openPage(browser);
    await shown.goto(pathToFileURL(path.join(folder, "index.html")).href);
    const widths = await shown.evaluate<number[]>(
      `Promise.all([...document.images].map((image) => image.decode().then(() => image.naturalWidth)))`,
    );
    assert.deepEqual(widths, [64, 64, 64]);
    const choose = () => shown.getByLabel("The bundle's folder").setInputFiles(folder);
    await choose();
    await shown.getByText(bundle.sumsSha256).waitFor();
    await shown.getByText("All 6 files are as they were exported.").waitFor();
    const [picture = ""] = Object.keys(files).filter((name) => name.endsWith(".jpg"));
    await writeFile(path.join(folder, picture), Buffer.from("another picture"));
    await rm(path.join(folder, "digest.json"));
    await choose();
    await shown.getByText("2 of 6 files are not as they were exported.").waitFor();
    await shown.getByText(`${picture}: changed`).waitFor();
    await shown.getByText("digest.json: missing").waitFor();
    assert.deepEqual(shown.faults, []);
    await shown.context().close();
  });

  it("is exported with a page in German for who reads German, and says the same to programs", async () => {
    const read = async (language: string) => {
      const { url } = await call<Bundle>("POST", `/v1/digests/${digestId}/exports`, undefined, language);
      return unzipSync(new Uint8Array(await (await fetch(url)).arrayBuffer()));
    };
    const [english, german] = [await read("en"), await read("de")];
    const told = ({ "digest.json": json }: Record<string, Uint8Array>) =>
      (JSON.parse(Buffer.from(json ?? []).toString()) as { digest: { title: string } }).digest.title;
    assert.equal(told(german), told(english));
    const inGerman = path.join(folder, "german");
    for (const [name, bytes] of Object.entries(german)) {
      await mkdir(path.dirname(path.join(inGerman, name)), { recursive: true });
      await writeFile(path.join(inGerman, name), bytes);
    }
    const shown = await openPage(browser);
    await shown.goto(pathToFileURL(path.join(inGerman, "index.html")).href);
    await shown.getByRole("heading", { level: 1, name: /Person/ }).waitFor();
    await shown.getByRole("heading", { name: "Warum diese Stufe" }).waitFor();
    await shown.getByLabel("Der Ordner mit den Dateien").setInputFiles(inGerman);
    await shown.getByText("Alle 6 Dateien sind so, wie sie exportiert wurden.").waitFor();
    await rm(path.join(inGerman, "digest.json"));
    await shown.getByLabel("Der Ordner mit den Dateien").setInputFiles(inGerman);
    await shown.getByText("1 von 6 Dateien ist nicht so, wie sie exportiert wurde.").waitFor();
    await shown.getByText("digest.json: fehlt").waitFor();
    const words = await shown.locator("body").innerText();
    assert.doesNotMatch(words, /\b(?:the|is|are|of|picture|nothing|files)\b/i);
    assert.deepEqual(shown.faults, []);
    await shown.context().close();
  });
});
