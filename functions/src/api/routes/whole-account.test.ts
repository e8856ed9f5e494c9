/** Everything of an account in archives, and everything of it gone. Tables and objects are found, not listed here. */
import assert from "node:assert/strict";
import { createHash, createPublicKey, verify } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { raw } from "@vigil/core/db";
import type { Erasure } from "@vigil/core/erasure/wire";
import type { AccountExport } from "@vigil/core/export/wire";
import {
  appendToLog,
  applySubscription,
  buryMessage,
  carryOutErasures,
  sweep,
  writeExports,
} from "@vigil/core/flow";
import type { Mail } from "@vigil/core/platform/mail";
import { sign } from "@vigil/core/review/job-signature";
import { ChunkReport } from "@vigil/core/run/wire";
import { jpeg } from "../../../../packages/core/testing/images.ts";
import { findingsFor } from "../../../../packages/core/testing/walk.ts";
import { readVolume, rowsOf, tablesOf } from "../../../../packages/core/testing/whole-account.ts";
import { createTestApi, eventAt, multipart, problemOf, type TestApi } from "../../../testing/api.ts";
import { addInvitation, callersOf, settle, type Tenant } from "../../../testing/tenants.ts";
import { deliveryDue } from "../../queue/delivery-due.ts";
import { sessionDue } from "../../queue/session-due.ts";

const dayMs = 24 * 60 * 60 * 1000;

describe("an account as a whole", () => {
  let api: TestApi;
  let mine: Tenant;
  let theirs: Tenant;
  /** Of the owner's browser. */
  let cookie: string;
  const mails: Mail[] = [];
  const mailer = {
    send: async (mail: Mail) => {
      mails.push(mail);
    },
    close: () => undefined,
  };
  before(async () => {
    api = await createTestApi();
    [mine, theirs] = [await settle(api, "guardian", "Mine"), await settle(api, "pro", "Theirs")];
    // What the two asked for when they settled.
    await writeExports(api.services);
    await api.base.owner`update account_export set asked_at = asked_at - interval '2 days'`;
    const callers = await callersOf(api, mine, "scraper");
    cookie = callers.find(({ name }) => name === "a person who is owner")?.cookie ?? "";
    await api.base
      .owner`update member set email = id || '@example.com' where account_id = ${mine.accountId} and person_id is not null`;
  });
  after(() => api.close());

  const asOwner = (method: string, path: string, json?: unknown) =>
    api.call(method, path, {
      headers: { cookie, origin: "http://console.test" },
      ...(json === undefined ? {} : { json }),
    });
  const answered = async <T>(answer: Response, status: number): Promise<T> => {
    assert.equal(answer.status, status, await answer.clone().text());
    return (await answer.json()) as T;
  };
  const carryOut = () => carryOutErasures({ services: api.services, mailer });
  const stored = () => api.services.blobs.list({ prefix: "", after: null, countMax: 10_000 });

  describe("exported", () => {
    it("holds every row of every table and every object, and its sums and counts say so", async () => {
      const asked = await answered<AccountExport>(await asOwner("POST", "/v1/account/exports"), 202);
      const again = await answered<AccountExport>(await asOwner("POST", "/v1/account/exports"), 202);
      assert.equal(again.id, asked.id, "one that is under way is the one that is wanted");
      assert.equal((await writeExports(api.services)).written, 1);
      const made = await answered<AccountExport>(
        await asOwner("GET", `/v1/account/exports/${asked.id}`),
        200,
      );
      assert.equal(made.state, "ready");
      const [volume, ...more] = made.volumes;
      assert.ok(volume?.url);
      assert.equal(more.length, 0);
      const key = new URL(volume.url).pathname.slice(1);
      const bytes = await api.services.blobs.read(key, 1e9);
      assert.ok(bytes);
      assert.equal(createHash("sha256").update(bytes).digest("hex"), volume.sha256);
      const read = readVolume(bytes);
      const counted = await rowsOf(api.base.owner, mine.accountId);
      for (const [table, rows] of Object.entries(counted)) {
        if (read.manifest.leftOut.includes(table)) continue;
        // What was done while it was written: the export itself is noted.
        const found = read.rows[table]?.length ?? 0;
        assert.ok(table === "audit" ? rows - found <= 1 : rows === found, `${table}: ${found} of ${rows}`);
      }
      assert.ok((counted["event"] ?? 0) > 0 && (counted["inspection"] ?? 0) > 0);
      const objects = (await stored()).filter(({ key: name }) =>
        /^(evidence|content|manifests)\//.test(name),
      );
      const own = objects.filter(({ key: name }) => name.includes(mine.accountId));
      assert.ok(own.length >= 3);
      for (const { key: name, bytes: size } of own) {
        const inside = name.replace(`${mine.accountId}/`, "");
        const found = Object.keys(read.files).find(
          (file) => file === inside || file.startsWith(`${inside}.`),
        );
        assert.equal(found === undefined ? -1 : read.files[found]?.byteLength, size, inside);
      }
      assert.equal(made.objects, own.length);
    });

    it("holds no secret, and the addresses that are kept sealed", async () => {
      const { items } = await answered<{ items: AccountExport[] }>(
        await asOwner("GET", "/v1/account/exports"),
        200,
      );
      const key = `exports/${mine.accountId}/${items[0]?.id}/1.zip`;
      const bytes = await api.services.blobs.read(key, 1e9);
      assert.ok(bytes);
      const { text, rows } = readVolume(bytes);
      const hashes = await api.base.owner<{ hash: string }[]>`
        select encode(hash, 'hex') as hash from api_key where account_id = ${mine.accountId}
        union all select encode(token_hash, 'hex') from share where account_id = ${mine.accountId}
        union all select encode(hash, 'hex') from invitation where account_id = ${mine.accountId}`;
      assert.ok(hashes.length > 3);
      for (const { hash } of hashes) assert.ok(!text.includes(hash));
      assert.ok(!text.includes("_sealed"));
      const [endpoint] = (rows["endpoint"] ?? []) as { target: string }[];
      assert.equal(endpoint?.target, "http://127.0.0.1:1/hook");
      assert.ok(!text.includes(theirs.accountId), "nothing of another account");
    });

    it("has decided on every column that looks like a secret", async () => {
      const columns = await api.base.owner<{ name: string }[]>`
        select c.table_name || '.' || c.column_name as name from information_schema.columns c
        join information_schema.columns own using (table_schema, table_name)
        where c.table_schema = 'public' and own.column_name = 'account_id'
          and c.column_name ~ '(hash|secret|sealed|token|code|fingerprint)' and c.column_name !~ '(_at|_until)$'`;
      const decided = new Set(
        [
          "api_key.hash endpoint.target_hash endpoint.target_sealed endpoint.secret_sealed event.fingerprint",
          "endpoint.secret_before_sealed invitation.hash share.token_hash",
          // In tables that are left out as a whole.
          "enrolment.device_code_hash enrolment.user_code idempotency.fingerprint",
          // Of contents and reports: no secrets.
          "digest_part.content_hash inspection.hash inspection.policy_hash log_leaf.hash run.policy_hash",
          "run_chunk.result_hash scene_object.hashes",
        ].flatMap((names) => names.split(" ")),
      );
      assert.deepEqual(
        columns.map(({ name }) => name).filter((name) => !decided.has(name)),
        [],
      );
    });

    it("goes on where it stopped after a crash, and in the next archive where one is full", async () => {
      const { id } = await answered<AccountExport>(await asOwner("POST", "/v1/account/exports"), 202);
      const { blobs } = api.services;
      const crashing = { ...blobs, putFile: () => Promise.reject(new Error("the machine stops here")) };
      assert.equal((await writeExports({ ...api.services, blobs: crashing })).written, 0);
      assert.equal(
        (await writeExports(api.services)).written,
        0,
        "whoever died has the turn until its lease ends",
      );
      api.services.clock.advance(3 * 60_000);
      assert.equal((await writeExports(api.services)).written, 1);
      const made = await answered<AccountExport>(await asOwner("GET", `/v1/account/exports/${id}`), 200);
      assert.equal(made.state, "ready");
      const bytes = await blobs.read(`exports/${mine.accountId}/${id}/1.zip`, 1e9);
      const counts = readVolume(bytes ?? new Uint8Array()).manifest.countsUntilHere;
      assert.equal(counts["event"], (await rowsOf(api.base.owner, mine.accountId))["event"], "counted once");
    });

    it("is deleted after a day, and refused after the fifth within one", async () => {
      for (let index = 0; index < 3; index += 1) {
        await answered(await asOwner("POST", "/v1/account/exports"), 202);
        await writeExports(api.services);
      }
      assert.equal((await problemOf(await asOwner("POST", "/v1/account/exports"))).code, "too-many");
      api.services.clock.advance(dayMs + 60_000);
      await writeExports(api.services);
      assert.deepEqual(
        (await stored()).filter(({ key }) => key.startsWith(`exports/${mine.accountId}`)),
        [],
      );
      const { items } = await answered<{ items: AccountExport[] }>(
        await asOwner("GET", "/v1/account/exports"),
        200,
      );
      assert.deepEqual([...new Set(items.map(({ state }) => state))], ["expired"]);
    });

    it("is another's business only there", async () => {
      const { items } = await answered<{ items: AccountExport[] }>(
        await asOwner("GET", "/v1/account/exports"),
        200,
      );
      const answer = await api.call("GET", `/v1/account/exports/${items[0]?.id}`, { key: theirs.ownerKey });
      assert.equal(answer.status, 404);
    });
  });

  describe("erased", () => {
    let erasure: Erasure;
    /** Leaves of the evidence log before. */
    let logged = 0;
    const paid = {
      eventId: "evt_paid",
      subscriptionId: "sub_mine",
      tier: "guardian",
      status: "paying",
      saidAt: new Date(),
      customerId: "cus_mine",
      isPastDue: false,
      endsAt: null,
      beganAt: new Date(),
      isFirst: true,
    } as Parameters<typeof applySubscription>[1];
    const step = async () => {
      api.services.clock.advance(3 * 60_000);
      await carryOut();
    };

    it("only with its name, and not by a key", async () => {
      const wrong = await asOwner("POST", "/v1/account/erasure", { name: "Theirs" });
      assert.equal(wrong.status, 400);
      const byKey = await api.call("POST", "/v1/account/erasure", {
        key: mine.ownerKey,
        json: { name: "Mine" },
      });
      assert.equal(byKey.status, 403);
      assert.deepEqual(await (await asOwner("GET", "/v1/account/erasure")).json(), { erasure: null });
    });

    it("not for a day, in which its owners are told and each may call it off", async () => {
      await answered(await asOwner("POST", "/v1/account/erasure", { name: "Mine" }), 202);
      await carryOut();
      assert.equal(mails.length, 1);
      assert.match(mails[0]?.text ?? "", /call it off/);
      const chosen = await api.call("PATCH", "/v1/person", {
        headers: { cookie, origin: "http://console.test" },
        json: { language: "de" },
      });
      assert.equal(chosen.status, 200);
      api.services.clock.advance(dayMs - 60_000);
      assert.equal((await asOwner("DELETE", "/v1/account/erasure")).status, 204);
      assert.equal((await asOwner("DELETE", "/v1/account/erasure")).status, 204, "twice is once");
      api.services.clock.advance(dayMs);
      await carryOut();
      assert.equal((await asOwner("GET", "/v1/account")).status, 200);
    });

    it("closes its doors when the time has come, and nothing gets in any more", async () => {
      erasure = await answered<Erasure>(await asOwner("POST", "/v1/account/erasure", { name: "Mine" }), 202);
      await carryOut();
      assert.match(mails.at(-1)?.text ?? "", /kann jeder Inhaber es in den Einstellungen abbrechen/);
      await appendToLog(api.services);
      logged = (await answered<{ size: number }>(await api.call("GET", "/v1/log/checkpoint"), 200)).size;
      paid.accountId = mine.accountId;
      await applySubscription(api.services, paid);
      await addInvitation(api, mine.ownerKey);
      await answered(await asOwner("POST", "/v1/account/exports"), 202);
      api.services.clock.advance(dayMs);
      await carryOut();
      const event = multipart(eventAt(api.services.clock.now()), {});
      assert.equal((await api.call("POST", "/v1/events", { key: mine.deviceKey, body: event })).status, 401);
      assert.equal((await api.call("GET", "/v1/account", { key: mine.ownerKey })).status, 401);
      assert.equal((await asOwner("GET", "/v1/account")).status, 401 + 2);
      assert.equal((await writeExports(api.services)).written, 0);
      const shown = await answered<Erasure>(await api.call("GET", `/v1/erasures/${erasure.id}`), 200);
      assert.equal(shown.state, "erasing");
      assert.equal(shown.counts.objects, 0, "what was let in before has time to end");
    });

    it("goes on after a crash at any step, until nothing is left, and leaves the others as they were", async () => {
      const theirsBefore = await snapshot(api, theirs.accountId);
      const hadRows = await rowsOf(api.base.owner, mine.accountId);
      const had = (await stored()).filter(({ key }) => key.includes(mine.accountId));
      const cancelled: string[] = [];
      const payments = {
        cancel: async (id: string) => {
          cancelled.push(id);
          if (cancelled.length === 1) throw new Error("the machine stops here");
        },
      } as unknown as NonNullable<TestApi["services"]["payments"]>;
      api.services.payments = payments;
      await step();
      const { blobs } = api.services;
      for (let crashAt = 0; crashAt < 3; crashAt += 1) {
        let calls = 0;
        const crashing = {
          ...blobs,
          delete: async (key: string) => {
            calls += 1;
            if (calls > crashAt) throw new Error("the machine stops here");
            await blobs.delete(key);
          },
        };
        api.services.clock.advance(3 * 60_000);
        await carryOutErasures({ services: { ...api.services, blobs: crashing }, mailer });
      }
      assert.deepEqual(cancelled, ["sub_mine", "sub_mine"], "what could not be cancelled is not forgotten");
      for (let turn = 0; turn < 5; turn += 1) await step();
      assert.deepEqual(await rowsOf(api.base.owner, mine.accountId), {}, "no row of any table");
      assert.deepEqual(
        (await stored()).filter(({ key }) => key.includes(mine.accountId)),
        [],
      );
      assert.deepEqual(await snapshot(api, theirs.accountId), theirsBefore);
      const done = await answered<Erasure>(await api.call("GET", `/v1/erasures/${erasure.id}`), 200);
      assert.equal(done.state, "erased");
      assert.equal(done.counts.subscriptions, 1);
      assert.ok(done.counts.objects <= had.length && done.counts.objects >= had.length - 3);
      for (const [table, rows] of Object.entries(hadRows)) {
        if (/^(ledger_|erasure$|subscription$)/.test(table)) continue;
        assert.ok((done.counts.rows[table] ?? 0) >= rows, `${table}: ${done.counts.rows[table]} of ${rows}`);
      }
    });

    it("leaves a receipt that is signed, was mailed, and names nobody", async () => {
      const [row] = await api.base.owner<
        Record<string, unknown>[]
      >`select * from erasure where id = ${erasure.id}`;
      const named = ["account_id", "asked_by", "tell_to", "tell_in"].map((column) => row?.[column]);
      assert.deepEqual(named, [null, null, null, null]);
      const mail = mails.at(-1);
      assert.equal(mail?.subject, "Ihr Konto bei Vigil wurde gelöscht");
      const note = String(row?.["note"]);
      assert.ok(mail?.text.includes(note));
      assert.match(mail?.to ?? "", /@example\.com$/);
      assert.ok(!note.includes(mine.accountId) && !note.includes("Mine"));
      const end = note.lastIndexOf("\n\n") + 2;
      const signature = Buffer.from(/^— vigil (\S+)$/m.exec(note.slice(end))?.[1] ?? "", "base64").subarray(
        4,
      );
      const key = createPublicKey(api.services.jobSigningKey);
      assert.ok(verify(null, Buffer.from(note.slice(0, end - 1)), key, signature));
      const count = mails.length;
      await step();
      assert.equal(mails.length, count, "told once");
    });

    it("ends what was on its way harmlessly", async () => {
      const { rev, ses, dlv, run, mom } = mine.ids;
      const job = { reviewId: rev ?? "", part: 0, moments: [{ id: mom ?? "" }] } as Parameters<
        typeof findingsFor
      >[0];
      const report = await api.work(`/reviews/${rev}/digest`, findingsFor(job, []));
      assert.equal(report.status, 404, "a worker deletes the message then");
      const fresh = await api.work(`/reviews/${rev}/evidence-urls`, { momentIds: [mom] });
      assert.equal(fresh.status, 404);
      const [example] = (ChunkReport.meta()?.["examples"] ?? []) as object[];
      assert.equal((await api.work(`/runs/${run}/findings`, example)).status, 404);
      assert.equal(
        await applySubscription(api.services, { ...paid, eventId: "evt_late" }),
        "unknown-account",
      );
      await sessionDue(api.services, JSON.stringify({ v: 1, sessionId: ses }));
      const body = JSON.stringify({ v: 1, accountId: mine.accountId, deliveryId: dlv });
      assert.equal(await deliveryDue(api.services, {} as never, body), "nothing-to-do");
      const dead = sign({ reviewId: rev, part: 0 }, api.services.jobSigningKey);
      assert.ok(["known", "unreadable"].includes(await buryMessage(api.services, dead)));
      const chunk = sign({ runId: run, chunk: 0, step: 1 }, api.services.jobSigningKey);
      assert.ok(["known", "unreadable"].includes(await buryMessage(api.services, chunk)));
      await sweep(api.services);
    });

    it("leaves the evidence log what it was, to grow on", async () => {
      const event = eventAt(api.services.clock.now());
      const body = multipart(event, { "later.jpg": await jpeg(9) });
      await answered(await api.call("POST", "/v1/events", { key: theirs.deviceKey, body }), 202);
      assert.ok((await appendToLog(api.services)) > 0);
      const now = await answered<{ size: number }>(await api.call("GET", "/v1/log/checkpoint"), 200);
      assert.ok(logged > 0 && now.size > logged);
      const asked = `/v1/log/consistency?from=${logged}&to=${now.size}`;
      const { proof } = await answered<{ proof: string[] }>(await api.call("GET", asked), 200);
      assert.ok(proof.length > 0);
      const digest = await api.call("GET", `/v1/digests/${theirs.ids["dig"]}/custody`, {
        key: theirs.ownerKey,
      });
      assert.equal((await answered<{ leaves: unknown[] }>(digest, 200)).leaves.length, 2);
    });
  });
});

/** Every row of an account, by table, as one hash each. */
async function snapshot(api: TestApi, accountId: string): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const { table, column } of await tablesOf(api.base.owner)) {
    const [row] = await api.base.owner<{ hash: string }[]>`
      select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as hash from ${raw(`"${table}"`)} t
      where ${raw(column)} = ${accountId}`;
    hashes[table] = row?.hash ?? "";
  }
  const objects = await api.services.blobs.list({ prefix: "", after: null, countMax: 10_000 });
  hashes["objects"] = objects.flatMap(({ key }) => (key.includes(accountId) ? [key] : [])).join("\n");
  return hashes;
}
