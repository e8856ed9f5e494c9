/** Checks of texts and pictures through the API: what they say, what they cost, and what another account sees. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, it } from "node:test";
import type {
  BatchResult,
  BatchResults,
  CheckDashboard,
  CheckView,
  Evaluation,
} from "@vigil/core/check/wire";
import { connect } from "@vigil/core/db";
import { check as limits } from "@vigil/core/limits";
import type { Page } from "@vigil/core/page";
import { quotaDay } from "@vigil/core/quota";
import { tiers } from "@vigil/core/tiers";
import { jpeg, pngOf } from "../../../packages/core/testing/images.ts";
import { createTestServices } from "../../../packages/core/testing/services.ts";
import { createTestApi, problemOf, signIn, type TestApi } from "../../testing/api.ts";
import { createApp } from "../app.ts";

const minute = 60_000;

describe("checks of authenticity", () => {
  let api: TestApi;
  let key: string;
  before(async () => {
    api = await createTestApi();
    key = api.account("pro").memberToken;
  });
  after(() => api.close());

  async function asked<T>(path: string, json: unknown): Promise<T> {
    const answer = await api.call("POST", `/v1/authenticity${path}`, { key, json });
    assert.equal(answer.status, 200, await answer.clone().text());
    return (await answer.json()) as T;
  }
  async function read<T>(path: string, as = key): Promise<T> {
    const answer = await api.call("GET", `/v1/authenticity${path}`, { key: as });
    assert.equal(answer.status, 200, await answer.clone().text());
    return (await answer.json()) as T;
  }
  async function checkImage(body: Uint8Array, query = "", headers = { "content-type": "image/jpeg" }) {
    return api.call("POST", `/v1/authenticity/image${query}`, {
      key,
      headers,
      body: new Uint8Array(body),
    });
  }

  it("says of a text what can be seen, and keeps nothing of it but hash, size and answer", async () => {
    const text = "Secret words\u200b as an AI language model writes them :contentReference[oaicite:0]";
    const check = await asked<CheckView>("/text", { text, label: "letter 1" });
    assert.deepEqual(
      check.marks.map(({ code }) => code),
      ["hidden-characters", "assistant-marks", "assistant-phrase"],
    );
    assert.equal(check.generated.status, "cannot-tell");
    assert.equal(check.points, 1);
    const [row] = await api.base.owner<{ row: string }[]>`
      select to_jsonb(c)::text as row from authenticity_check c where id = ${check.id}`;
    assert.doesNotMatch(row?.row ?? "", /Secret|language model writes/);
    assert.deepEqual(await read<CheckView>(`/history/${check.id}`), check);
  });

  it("tells first what a picture says of its own origin, and whose word that is", async () => {
    const plain = (await (await checkImage(await jpeg(1))).json()) as CheckView;
    assert.equal(plain.declared.status, "silent");
    assert.equal(plain.generated.status, "cannot-tell");
    assert.equal(plain.provenance?.status, "absent");
    const chunk = Buffer.from("tEXtparameters\0a cat\nSteps: 20, Sampler: Euler a", "latin1");
    const length = Buffer.alloc(4);
    length.writeUInt32BE(chunk.length - 4);
    const png = pngOf(64, 48);
    const [head, rest] = [png.subarray(0, 33), png.subarray(33)];
    const made = Buffer.concat([head, length, chunk, Buffer.alloc(4), rest]);
    const answer = await checkImage(made, "?name=cat.jpg", { "content-type": "image/png" });
    const check = (await answer.json()) as CheckView;
    assert.deepEqual(check.declared, { status: "generated", by: "metadata", says: ["Stable Diffusion"] });
    assert.equal(check.generated.status, "declared");
    assert.deepEqual(
      check.marks.map(({ code }) => code),
      ["name-differs"],
    );
  });

  it("says of a recording what its file says and what contradicts it, and guesses nothing", async () => {
    const wav = Buffer.alloc(1_044);
    wav.write("RIFF", 0, "latin1");
    wav.writeUInt32LE(wav.length - 8, 4);
    wav.write("WAVEfmt ", 8, "latin1");
    const mp3 = Buffer.alloc(1_000, 0x55);
    mp3.set([0xff, 0xfb, 0x90, 0x64]);
    const of = async (kind: "audio" | "video", body: Buffer, name: string) => {
      const headers = { "content-type": `${kind}/x` };
      return api.call("POST", `/v1/authenticity/${kind}?name=${name}`, { key, headers, body });
    };
    const said = async (body: Buffer, name: string) => {
      const check = (await (await of("audio", body, name)).json()) as CheckView;
      assert.equal(check.generated.status, "cannot-tell");
      assert.equal(check.points, 4);
      return check.marks.map(({ code }) => code);
    };
    assert.deepEqual(await said(wav, "call.wav"), []);
    assert.deepEqual(await said(wav.subarray(0, 900), "call.wav"), ["length-differs"]);
    assert.deepEqual(await said(mp3, "call.wav"), ["name-differs"]);
    const refused = await of("video", wav, "film.mp4");
    assert.equal((await problemOf(refused)).code, "file-unknown");
  });

  it("refuses what is no picture, and gives its points back", async () => {
    const used = async () => (await read<CheckDashboard>("/dashboard")).allowance.used;
    const usedBefore = await used();
    const answer = await checkImage(Buffer.from("GIF89a…"));
    assert.equal(answer.status, 422);
    assert.equal((await problemOf(answer)).code, "evidence-not-an-image");
    assert.equal(await used(), usedBefore);
    assert.equal((await checkImage(await jpeg(1), "", { "content-type": "text/html" })).status, 415);
  });

  it("fetches an address through the one guard, and takes a text for what it is", async () => {
    const server = createServer((request, response) => {
      if (request.url === "/away") response.writeHead(302, { location: "/plain" }).end();
      else if (request.url === "/page") response.setHeader("content-type", "text/html").end("<p>");
      else response.setHeader("content-type", "text/plain").end("Some plain words.");
    });
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", () => resolve()));
    try {
      const { port } = server.address() as { port: number };
      const at = (path: string) => `http://127.0.0.1:${port}${path}`;
      const check = await asked<CheckView>("/url", { url: at("/plain") });
      assert.equal(check.kind, "text");
      assert.equal(check.points, 1);
      for (const [url, code] of [
        ["http://10.0.0.1/inside", "address-refused"],
        ["http://169.254.169.254/latest/meta-data", "address-refused"],
        [at("/away"), "address-unreadable"],
        [at("/page"), "address-unreadable"],
      ]) {
        const refused = await api.call("POST", "/v1/authenticity/url", { key, json: { url } });
        assert.equal((await problemOf(refused)).code, code, url);
      }
    } finally {
      server.close();
    }
  });

  it("answers a batch in its order, whatever ends first, and begins nothing after an error that stops it", async () => {
    api.services.clock.advance(2 * minute);
    const content = Buffer.from(await jpeg(2)).toString("base64");
    const items = Array.from({ length: limits.batchItemsMax }, (_, index) =>
      index % 5 === 0
        ? { kind: "image", content, label: `item ${index}` }
        : { kind: "text", text: `Text number ${index}.`, label: `item ${index}` },
    );
    const whole = await asked<BatchResults>("/batch", { items });
    assert.deepEqual(
      whole.items.map(({ check }) => check?.label),
      items.map(({ label }) => label),
    );
    assert.equal(whole.points, 40 + 10 * 3 + 5);
    api.services.clock.advance(2 * minute);
    const broken = items.map((item, index) => (index === 0 ? { ...item, content: "AAAA" } : item));
    const stopped = await asked<BatchResults>("/batch", { items: broken, stopOnError: true });
    assert.equal(stopped.items[0]?.problem?.code, "evidence-not-an-image");
    // How many others end before the first does, the machine decides; from the error on none begins.
    const begun = stopped.items.findIndex(({ status }) => status === "skipped");
    assert.ok(begun > 0, "nothing was left out");
    assert.ok(stopped.items.slice(begun).every(({ status }) => status === "skipped"));
    const [left] = await api.base.owner<{ count: number }[]>`
      select count(*)::int as count from authenticity_check where state = 'claimed'`;
    assert.equal(left?.count, 0);
  });

  it("tells a stream's results as they end, and then its end", async () => {
    api.services.clock.advance(2 * minute);
    const items = [1, 2, 3].map((number) => ({ kind: "text", text: `Number ${number}.` }));
    const answer = await api.call("POST", "/v1/authenticity/stream", { key, json: { items } });
    const text = await answer.text();
    const results = [...text.matchAll(/event: result\ndata: (.+)\n/g)].map(
      ([, data = ""]) => JSON.parse(data) as BatchResult,
    );
    assert.deepEqual(new Set(results.map(({ index }) => index)), new Set([0, 1, 2]));
    assert.equal(results.length, 3);
    assert.match(text, /event: end\n/);
  });

  it("lists by kind and status in pages, counts by day, and exports without formulas", async () => {
    api.services.clock.advance(2 * minute);
    await asked("/text", { text: "Words.", label: '=HYPERLINK("x")' });
    const first = await read<Page<CheckView>>("/history?kind=text&limit=2");
    assert.equal(first.items.length, 2);
    assert.equal(first.items[0]?.label, '=HYPERLINK("x")');
    const second = await read<Page<CheckView>>(
      `/history?kind=text&status=cannot-tell&limit=2&cursor=${first.nextCursor}`,
    );
    assert.ok(second.items.every(({ id }) => id < (first.items[1]?.id ?? "")));
    const { checks, byKind, days } = await read<CheckDashboard>("/dashboard?days=2");
    assert.equal(
      checks,
      byKind.reduce((sum, kind) => sum + kind.checks, 0),
    );
    assert.equal(days.length, 2);
    const exported = await api.call("GET", "/v1/authenticity/export?format=csv", { key });
    assert.match(await exported.text(), /,"'=HYPERLINK\(""x""\)",/);
    const [deed] = await api.base.owner<{ action: string }[]>`
      select action from audit order by id desc limit 1`;
    assert.equal(deed?.action, "checks.exported");
  });

  it("publishes how often answers were wrong, with intervals, and that no head is loaded", async () => {
    const { loaded, heads } = await read<Evaluation>("/evaluation");
    assert.equal(loaded, null);
    assert.deepEqual(
      heads.map(({ kind, state }) => `${kind} ${state}`),
      ["text experimental", "image none", "audio none", "video none"],
    );
    for (const { name, falsePositives } of heads[0]?.slices ?? []) {
      assert.ok(falsePositives.from <= falsePositives.rate && falsePositives.rate <= falsePositives.to, name);
    }
  });

  it("shows another account nothing", async () => {
    const { items } = await read<Page<CheckView>>("/history");
    const other = api.account("guardian").memberToken;
    assert.deepEqual((await read<Page<CheckView>>("/history", other)).items, []);
    assert.equal((await read<CheckDashboard>("/dashboard", other)).checks, 0);
    const foreign = await api.call("GET", `/v1/authenticity/history/${items[0]?.id}`, { key: other });
    assert.equal(foreign.status, 404);
  });
});

describe("many callers of one account in two processes", () => {
  it("never pass the day's points nor the minute's checks, and hear when to ask again", async () => {
    const api = await createTestApi();
    const database = connect(api.base.appUrl, { connectionsMax: 4 });
    try {
      const second = createApp(createTestServices({ ...api.base, database }, api.services.clock), { signIn });
      const { memberToken, accountId } = api.account("lite");
      const headers = { authorization: `Bearer ${memberToken}`, "content-type": "application/json" };
      const storm = (callers: number) =>
        Promise.all(
          Array.from({ length: callers }, async (_, index) =>
            (index % 2 === 0 ? api.app : second).request("/v1/authenticity/text", {
              method: "POST",
              headers,
              body: JSON.stringify({ text: `Words ${index}.` }),
            }),
          ),
        );
      const answers = await storm(200);
      const { checkPoints } = tiers.lite;
      assert.equal(answers.filter(({ status }) => status === 200).length, checkPoints);
      for (const refused of answers.filter(({ status }) => status !== 200)) {
        assert.equal(refused.status, 429);
        assert.ok(Number(refused.headers.get("retry-after")) > 0);
        assert.match(refused.headers.get("ratelimit") ?? "", /^"authenticity";r=0;t=\d+$/);
      }
      const [spent] = await api.base.owner<{ points: number }[]>`
        select sum(points)::int as points from authenticity_check where account_id = ${accountId}`;
      assert.equal(spent?.points, checkPoints);

      // Of a tier with more points, the minute is what is left of.
      await api.base.owner`update account set tier = 'pro' where id = ${accountId}`;
      api.services.clock.advance(2 * minute);
      const rushed = await storm(200);
      assert.equal(rushed.filter(({ status }) => status === 200).length, limits.perMinuteMax);
      const late = rushed.find(({ status }) => status === 429);
      assert.equal((late && (await problemOf(late)))?.code, "rate-limited");
      assert.equal(late?.headers.get("retry-after"), "60");

      // Midnight begins another day's points, and no other minute.
      const { start } = quotaDay({ timeZone: "Europe/London", stretched: null }, api.services.clock.now());
      const midnight = start.getTime() + 24 * 60 * minute;
      api.services.clock.advance(midnight - 10_000 - api.services.clock.now().getTime());
      assert.equal(
        (await storm(limits.perMinuteMax)).filter(({ status }) => status === 200).length,
        limits.perMinuteMax,
      );
      api.services.clock.advance(20_000);
      assert.deepEqual(
        (await storm(1)).map(({ status }) => status),
        [429],
      );
    } finally {
      await database.close();
      await api.close();
    }
  });
});
