/**
 * Clients as their users write them, and pictures as cameras send them, through the real API, queue, store and worker: each
 * gets a digest, or an error that says what to change.
 */
import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { DeviceWithKey } from "@vigil/core/device/wire";
import type { DigestView } from "@vigil/core/digest/wire";
import { EventAccepted } from "@vigil/core/event/wire";
import { localPlan } from "../packages/core/src/seed/index.ts";
import { drawn } from "../packages/core/testing/picture-heads.ts";
import { type ConsoleServer, serveConsole } from "../scripts/stack/console.ts";
import { isThere, run } from "./clients/run.ts";
import { launchBrowser, openPage } from "./console/browser.ts";
import { createSubscriber } from "./walk/subscriber.ts";
import { createWorld, type Running, type World } from "./walk/world.ts";

const cases = new URL("../../shared/cases/", import.meta.url);
const levels = ["low", "standard", "elevated", "critical"];
/** Where it is between two and three in the morning: Etc/GMT-3 is three hours ahead of UTC. */
function zoneAtTwo(now: Date): string {
  const ahead = 2 - now.getUTCHours();
  const hours = ahead < -12 ? ahead + 24 : ahead;
  return hours === 0 ? "UTC" : `Etc/GMT${hours > 0 ? "-" : "+"}${Math.abs(hours)}`;
}
const house = (name: string, timeZone = "Europe/London") =>
  ({ name, tier: "pro", siteName: "Yard", deviceName: "Lane camera", timeZone }) as const;
const atNight = house("Three cameras", zoneAtTwo(new Date()));
/** Each client and photograph has a house of its own: at one, what follows soon goes on with what was seen before. */
const clients = ["curl", "requests", "A phone", "Home Assistant", "A page", "A burst"] as const;
const photographs = [
  "short48.jpg",
  "dahua-small.jpg",
  "two-exif-rev.jpg",
  "black.jpg",
  "tiny60.jpg",
] as const;

const hasCurl = await isThere("curl", ["--version"]);
const hasPython = await isThere("python3", ["--version"]);

describe("clients as their users write them", () => {
  let world: World;
  let api: Running;
  let page: ConsoleServer;
  let folder: string;
  let picture: Uint8Array;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "vigil-clients-"));
    await writeFile(join(folder, "index.html"), "<!doctype html><p>A page beside the API.");
    world = await createWorld([
      ...localPlan,
      atNight,
      ...[...clients, ...photographs].map((name) => house(name)),
    ]);
    api = await world.startApi();
    page = await serveConsole({ port: 0, folder }, () => ({ apiUrl: api.url, s3Url: api.url }));
    await world.startWorker(api.url);
    picture = await drawn({ width: 640, height: 480 }).jpeg().toBuffer();
  });
  after(async () => {
    await page.stop();
    await rm(folder, { recursive: true, force: true });
    await world.close();
  });

  function account(name: string) {
    const found = world.base.seeded.accounts.find((one) => one.name === name);
    assert.ok(found);
    return found;
  }
  const home = (name: string) => createSubscriber(api.url, account(name));
  const event = (part: Record<string, unknown> = {}) =>
    JSON.stringify({
      id: randomUUID(),
      type: "person",
      occurredAt: new Date().toISOString(),
      zone: "Haustür",
      mode: "away",
      confidence: 0.9,
      ...part,
    });
  /** The digest of an accepted event: it comes when the session has closed. */
  async function digestOf(client: string, text: string): Promise<{ digest: DigestView; names: string[] }> {
    const { id, sessionId, uploads } = EventAccepted.parse(JSON.parse(text));
    assert.deepEqual(uploads, []);
    const rows = await world.base.owner<{ name: string }[]>`
      select name from moment where event_id = ${id} order by name`;
    return { digest: await home(client).digestOf(sessionId, 120_000), names: rows.map(({ name }) => name) };
  }
  const json = async (client: string, path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(`${api.url}/v1${path}`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${account(client).deviceKey}`,
        "content-type": "application/json",
        ...headers,
      },
      body,
    });

  it("curl, with spaces, brackets and umlauts in the name", {
    skip: !hasCurl && "curl is not here",
  }, async () => {
    const file = join(folder, "Haustür links (1).jpg");
    await writeFile(file, picture);
    const { deviceKey } = account("curl");
    const address = ["-sS", `${api.url}/v1/events`, "-H", `Authorization: Bearer ${deviceKey}`];
    const text = await run("curl", [...address, "-F", `event=${event()}`, "-F", `image=@${file}`]);
    const { digest, names } = await digestOf("curl", text);
    assert.deepEqual(names, ["Haustur-links-1.jpg"]);
    assert.equal(digest.momentCount, 1);
    const forgotten = await run("curl", [...address, "-F", `event=${event()}`, "-F", `image=${file}`]);
    assert.match(forgotten, /with curl: -F 'image=@photo\.jpg'/, "the @ was forgotten");
  });

  it("Python's requests, with two files of one name", {
    skip: !hasPython && "python3 is not here",
  }, async () => {
    const file = join(folder, "a.jpg");
    await writeFile(file, picture);
    const script = fileURLToPath(new URL("clients/post.py", import.meta.url));
    const text = await run("python3", [script, api.url, account("requests").deviceKey, event(), file]);
    const { digest, names } = await digestOf("requests", text);
    assert.deepEqual(names, ["Haustur-2.jpg", "Haustur.jpg"]);
    assert.equal(digest.momentCount, 2);
  });

  it("a phone whose upload breaks off half-way, and that goes on where it was", async () => {
    const sha256 = createHash("sha256").update(picture).digest("hex").toUpperCase();
    const evidence = [{ name: "IMG_1.jpg", contentType: "image/jpg", bytes: picture.length, sha256 }];
    const announced = await json("A phone", "/events", event({ evidence }));
    const { id, sessionId, uploads } = EventAccepted.parse(await announced.json());
    assert.ok(uploads[0]);
    const broken = request(uploads[0].url, { method: "PUT", headers: uploads[0].headers });
    broken.on("error", () => undefined);
    await new Promise<void>((done) => broken.write(picture.subarray(0, picture.length / 2), () => done()));
    const closed = new Promise<void>((done) => broken.on("close", () => done()));
    broken.destroy();
    await closed;
    const missing = (await (await json("A phone", `/events/${id}/seal`, "")).json()) as EventAccepted & {
      sealed: boolean;
    };
    assert.equal(missing.sealed, false);
    const [again] = missing.uploads;
    assert.ok(again);
    const { "content-length": _own, ...headers } = again.headers;
    const put = await fetch(again.url, { method: "PUT", headers, body: new Uint8Array(picture) });
    assert.equal(put.status, 200, await put.text());
    assert.equal(
      ((await (await json("A phone", `/events/${id}/seal`, "")).json()) as { sealed: boolean }).sealed,
      true,
    );
    const digest = await home("A phone").digestOf(sessionId, 120_000);
    assert.equal(digest.moments[0]?.outcome === "missing", false);
  });

  it("Home Assistant's rest_command, whose templates give null for what they do not know", async () => {
    // As aiohttp sends it: a rest_command has a payload of text alone, so that it brings no picture.
    const user = { "user-agent": "HomeAssistant/2026.6 aiohttp/3.11 Python/3.13" };
    const nothing = { zone: null, confidence: null, mode: null, attributes: null, evidence: null };
    const now = new Date().toISOString().replace("Z", "000+00:00");
    const answer = await json("Home Assistant", "/events", event({ ...nothing, occurredAt: now }), user);
    assert.equal(answer.status, 202, await answer.clone().text());
    const { sessionId, assessment } = EventAccepted.parse(await answer.json());
    assert.ok(assessment.summary.length > 0);
    await assert.rejects(
      home("Home Assistant").askForReview(sessionId),
      /image|picture|evidence/,
      "it says what is missing",
    );
    const wrong = await json("Home Assistant", "/events", event(), { ...user, "content-type": "text/plain" });
    assert.equal(wrong.status, 415);
    assert.match(await wrong.text(), /application\/json/);
  });

  it("a browser's FormData, from a page that shares the API's origin", async () => {
    const browser = await launchBrowser();
    try {
      const tab = await openPage(browser);
      await tab.goto(page.url);
      const text = await tab.evaluate(
        async ({ key, told, base64 }) => {
          const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
          const form = new FormData();
          form.append("image", new File([bytes], 'C:\\fakepath\\Tür "links" 1.jpg', { type: "image/jpeg" }));
          form.append("event", told);
          form.append("image2", new File([], ""));
          const headers = { authorization: `Bearer ${key}`, "idempotency-key": crypto.randomUUID() };
          const send = async () => fetch("/v1/events", { method: "POST", headers, body: form });
          const [first, again] = [await send(), await send()];
          const [one, two] = [await first.text(), await again.text()];
          return one === two ? one : `${one} is not ${two}`;
        },
        {
          key: account("A page").deviceKey,
          told: event({ zone: "Haustür 🐈" }),
          base64: Buffer.from(picture).toString("base64"),
        },
      );
      const { digest, names } = await digestOf("A page", text);
      assert.deepEqual(names, ["Tur-links-1.jpg"]);
      assert.equal(digest.momentCount, 1);
    } finally {
      await browser.close();
    }
  });

  it("a camera's burst in one request, whose names sort otherwise, keeps its order", async () => {
    const sent = ["9.jpg", "10.jpg", "a.jpg", "B.jpg", "0.jpg"];
    const pictures = await Promise.all(
      sent.map(async (name, index) => {
        const bytes = await drawn({ width: 320 + index * 64, height: 240 })
          .jpeg()
          .toBuffer();
        return { name, bytes };
      }),
    );
    const { id, sessionId } = await home("A burst").postMultipart(pictures, {
      zone: "Haustür",
      mode: "away",
    });
    const { timeline } = await home("A burst").digestOf(sessionId, 120_000);
    const rows = await world.base.owner<{ id: string; name: string }[]>`
      select id, name from moment where event_id = ${id}`;
    const names = new Map(rows.map((row) => [row.id, row.name]));
    assert.deepEqual(
      timeline.flatMap((entry) => entry.momentIds.map((momentId) => names.get(momentId))),
      sent,
    );
  });

  describe("pictures of public reports", {
    skip: !existsSync(cases) && "../shared/cases is not here",
  }, () => {
    /** The digest comes by itself once the session has closed, or when it is asked for. */
    async function look(
      name: (typeof photographs)[number],
      part: Record<string, unknown> = {},
      { asks = false } = {},
    ) {
      const bytes = await readFile(new URL(name, cases));
      const told = { zone: "front_door", mode: "away", confidence: 0.9, ...part };
      const { sessionId, assessment } = await home(name).postMultipart([{ name, bytes }], told);
      if (asks) await home(name).askForReview(sessionId);
      const digest = await home(name).digestOf(sessionId, 120_000);
      const person = Math.max(
        0,
        ...digest.moments
          .flatMap(({ detections }) => detections)
          .filter(({ label }) => label === "person")
          .map(({ confidence }) => confidence),
      );
      return { digest, person, assessment, texts: digest.summary.map(({ text }) => text).join(" ") };
    }

    it("one that lacks its last 48 bytes shows its person, and is said to be cut off", async () => {
      const { person, texts } = await look("short48.jpg");
      assert.ok(person > 0.8, `person ${person}`);
      assert.match(texts, /cut off or damaged/);
    });

    it("one with zeros between its segments shows its person", async () => {
      const { person, texts } = await look("dahua-small.jpg");
      assert.ok(person >= 0.8, `person ${person}`);
      assert.doesNotMatch(texts, /cut off|could not be read/);
    });

    it("one with two EXIF blocks is upright", async () => {
      const { person, digest } = await look("two-exif-rev.jpg");
      assert.ok(person > 0.8, `person ${person}`);
      assert.equal(digest.moments[0]?.outcome, "reviewed");
    });

    it("a black one is said to be dark, and lowers nothing", async () => {
      const night = new Date();
      night.setUTCHours(2, 40, 0, 0);
      if (night.getTime() > Date.now()) night.setUTCDate(night.getUTCDate() - 1);
      const occurredAt = night.toISOString();
      const motion = { type: "motion", zone: "garden", confidence: undefined, occurredAt };
      const { digest, assessment, texts } = await look("black.jpg", motion, { asks: true });
      assert.match(texts, /too dark to make anybody out/);
      assert.doesNotMatch(JSON.stringify(digest), /no threat|nothing was seen/i);
      const session = digest.level;
      assert.ok(
        levels.indexOf(session) >= levels.indexOf(assessment.level),
        `${assessment.level} -> ${session}`,
      );
    });

    it("24 movements in 36 s after two at night, before three cameras that show nobody, are no intruder", async () => {
      const { memberToken, siteId } = account(atNight.name);
      // The gap of the other stories is shorter than the time between two of these movements.
      const usual = await world.startApi({ SESSION_GAP_SECONDS: "30" });
      const cameras = await Promise.all(
        ["lane", "lane2", "room"].map(async (zone) => {
          const added = await fetch(`${usual.url}/v1/devices`, {
            method: "POST",
            headers: {
              authorization: `Bearer ${memberToken}`,
              "content-type": "application/json",
              "idempotency-key": randomUUID(),
            },
            body: JSON.stringify({ name: zone, siteId, zone }),
          });
          const { key } = DeviceWithKey.parse(await added.json());
          const subscriber = createSubscriber(usual.url, { ...account(atNight.name), deviceKey: key });
          return { subscriber, zone, bytes: await readFile(new URL(`${zone}.jpg`, cases)) };
        }),
      );
      const began = Date.now() - 36_000;
      const sessions = new Set<string>();
      for (let index = 0; index < 24; index += 1) {
        const camera = cameras[index % cameras.length];
        assert.ok(camera);
        const occurredAt = new Date(began + index * 1_500).toISOString();
        const told = { type: "motion", mode: "away", zone: camera.zone, occurredAt };
        const pictures = [{ name: "snapshot.jpg", bytes: camera.bytes }];
        sessions.add((await camera.subscriber.postMultipart(pictures, told)).sessionId);
      }
      const [sessionId, ...others] = sessions;
      assert.ok(sessionId && others.length === 0, "they are one happening");
      const [camera] = cameras;
      assert.ok(camera);
      await camera.subscriber.askForReview(sessionId);
      const digest = await camera.subscriber.digestOf(sessionId, 120_000);
      assert.ok(["low", "standard"].includes(digest.level), digest.level);
      assert.doesNotMatch(digest.recommendation, /police|intru|got in|break-in|doors and windows|know who/i);
      await usual.kill("SIGTERM");
    });

    it("a small person whom the camera is sure of keeps the level", async () => {
      const { digest, assessment } = await look("tiny60.jpg", { zone: "garden" });
      assert.ok(levels.indexOf(digest.level) >= levels.indexOf(assessment.level));
      assert.doesNotMatch(digest.recommendation, /no threat/);
    });
  });
});
