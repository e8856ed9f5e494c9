/** Two accounts that have something of everything, and every kind of caller of one of them. */
import { createHash, randomUUID } from "node:crypto";
import { EventAccepted } from "@vigil/core/event/wire";
import * as Id from "@vigil/core/id";
import * as Key from "@vigil/core/key";
import { Job, ReviewView, type Tier } from "@vigil/core/review/wire";
import { contentKeyOf } from "@vigil/core/run";
import { ChunkReport } from "@vigil/core/run/wire";
import { Heartbeat } from "@vigil/core/worker/wire";
import { generateSignedCookie } from "hono/cookie";
import { jpeg } from "../../packages/core/testing/images.ts";
import { recordingFilm } from "../../packages/core/testing/recordings.ts";
import { findingsFor } from "../../packages/core/testing/walk.ts";
import { cookieName } from "../src/sign-in-cookie.ts";
import { eventAt, multipart, signIn, type TestApi } from "./api.ts";

/** An id of each kind, by its prefix. */
export type Ids = Readonly<Record<string, string>>;

export type Tenant = { accountId: string; deviceKey: string; ownerKey: string; ids: Ids };

async function answered<T>(answer: Response): Promise<T> {
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** An account whose every word is `word`, with a device of its own to be removed, an event, a review and a digest. */
export async function settle(api: TestApi, tier: Tier, word: string): Promise<Tenant> {
  const { accountId, siteId, deviceKey, memberToken: ownerKey } = api.account(tier);
  const { owner } = api.base;
  await owner`update account set name = ${word} where id = ${accountId}`;
  await owner`update site set name = ${word} where id = ${siteId}`;
  await owner`update device set name = ${word}, zone = ${word} where account_id = ${accountId}`;
  await answered(
    await api.call("PATCH", "/v1/account", {
      key: ownerKey,
      json: { quietHours: { from: "22:30", until: "07:00" }, modelTrials: true },
    }),
  );
  const event = eventAt(api.services.clock.now(), { zone: word, attributes: { note: word } });
  const { id: eventId, sessionId } = EventAccepted.parse(
    await answered(
      await api.call("POST", "/v1/events", {
        key: deviceKey,
        body: multipart(event, { "a.jpg": await jpeg(1) }),
      }),
    ),
  );
  const review = ReviewView.parse(
    await answered(
      await api.call("POST", `/v1/sessions/${sessionId}/reviews`, {
        key: ownerKey,
        json: {},
        headers: { "idempotency-key": randomUUID() },
      }),
    ),
  );
  const job = await takeJob(api, review.id);
  const { digestId } = await answered<{ digestId: string }>(
    await api.work(
      `/reviews/${review.id}/digest`,
      findingsFor(job, [{ label: word.slice(0, 60), confidence: 0.9, box: [0, 0, 0.5, 0.5] }]),
    ),
  );
  const xpr = await openTrial(api, word);
  await addShadow(api, { experimentId: xpr, momentId: job.moments[0]?.id ?? "", word });
  return {
    accountId,
    deviceKey,
    ownerKey,
    ids: {
      acc: accountId,
      sit: siteId,
      evt: eventId,
      ses: sessionId,
      rev: review.id,
      mom: job.moments[0]?.id ?? "",
      dig: digestId,
      run: await sealRun(api, { accountId, ownerKey, word }),
      qst: await askQuestion(api, { accountId, ownerKey, word }),
      src: await findSource(api, { ownerKey, word }),
      ...(await addDevice(api, { ownerKey, siteId, word })),
      ...(await addEndpoint(api, { ownerKey, word })),
      ...(await addMember(api, accountId)),
      ...(await addInvitation(api, ownerKey)),
      exp: await askExport(api, ownerKey),
      shr: await addShare(api, { ownerKey, digestId }),
      chk: await askCheck(api, { accountId, ownerKey, word }),
      xpr,
      dpl: await openDeployment(api),
    },
  };
}

/** An experiment of the operator, on a model of this name. @returns its id */
async function openTrial(api: TestApi, word: string): Promise<string> {
  const key = api.base.seeded.operatorToken;
  const [beat] = (Heartbeat.meta()?.["examples"] ?? []) as object[];
  await answered(await api.work("/heartbeats", beat));
  const challenger = { name: word, sha256: createHash("sha256").update(word).digest("hex") };
  const registered = { ...challenger, licence: "Apache-2.0" };
  await answered(await api.call("POST", "/operator/v1/models", { key, json: registered }));
  const opened = await api.call("POST", "/operator/v1/experiments", { key, json: { challenger } });
  return (await answered<{ id: string }>(opened)).id;
}

/** The first to settle opens it, and it is the operator's. @returns its id */
async function openDeployment(api: TestApi): Promise<string> {
  const key = api.base.seeded.operatorToken;
  const json = { version: "v2", stable: "v1" };
  return (await answered<{ id: string }>(await api.call("POST", "/operator/v1/deployments", { key, json })))
    .id;
}

/** What a model on trial is to be known by. */
export const shadowOf = (word: string) => `shadow-${word}`;

/** A model on trial has looked at this picture, and sees something else than the one in use. */
async function addShadow(
  api: TestApi,
  { experimentId, momentId, word }: { experimentId: string; momentId: string; word: string },
): Promise<void> {
  const saw = JSON.stringify([{ label: shadowOf(word), confidence: 0.9, box: [0, 0, 1, 1] }]);
  await api.base.owner`
    insert into shadow_result (account_id, experiment_id, review_id, moment_id, champion, challenger, kinds, slices, created_at)
    select account_id, ${experimentId}, review_id, moment_id, '[]', ${saw}::jsonb, '["person"]', '[]', now()
    from review_moment where moment_id = ${momentId}`;
}

type OfAccount = { accountId: string; ownerKey: string; word: string };

/** A run of the same picture `count` times, with these detections in it. @returns its id */
async function inspectRun(
  api: TestApi,
  { accountId, ownerKey: key, word }: OfAccount,
  { seed, count, detections, rules }: { seed: number; count: number; detections: object[]; rules?: object },
): Promise<string> {
  const headers = { "idempotency-key": randomUUID() };
  const opened = await api.call("POST", "/v1/runs", { key, json: { source: word, rules }, headers });
  const { id } = await answered<{ id: string }>(opened);
  const body = await jpeg(seed);
  const sha256 = createHash("sha256").update(body).digest("hex");
  const object = { key: contentKeyOf(accountId, sha256), body, contentType: "image/jpeg", sha256 };
  await api.services.blobs.put(object);
  const item = { name: word, sha256, bytes: body.byteLength, contentType: "image/jpeg" };
  const items = Array.from({ length: count }, (_, no) => ({ no, ...item }));
  await answered(await api.call("POST", `/v1/runs/${id}/items`, { key, json: { items } }));
  await moveRun(api, key, { id, action: "finish-listing" });
  const [example] = (ChunkReport.meta()?.["examples"] ?? []) as { findings: object[] }[];
  const findings = example?.findings.map((finding) => ({ ...finding, detections }));
  await answered(await api.work(`/runs/${id}/findings`, { ...example, findings }));
  return id;
}

/** What the runs of this name came from. @returns its id */
async function findSource(
  api: TestApi,
  { ownerKey: key, word }: Omit<OfAccount, "accountId">,
): Promise<string> {
  const listed = await api.call("GET", "/v1/sources", { key });
  const { items } = await answered<{ items: { id: string; kind: string; name: string }[] }>(listed);
  return items.find(({ kind, name }) => kind === "run" && name === word)?.id ?? "";
}

async function moveRun(api: TestApi, key: string, { id, action }: { id: string; action: string }) {
  await answered(await api.call("POST", `/v1/runs/${id}/actions`, { key, json: { action } }));
}

/** A run of one picture, sealed. @returns its id */
async function sealRun(api: TestApi, of: OfAccount): Promise<string> {
  const id = await inspectRun(api, of, { seed: 1, count: 1, detections: [] });
  await moveRun(api, of.ownerKey, { id, action: "seal" });
  return id;
}

/** A run of which one item is near to the boundary. @returns the id of the question */
export async function askQuestion(api: TestApi, of: OfAccount): Promise<string> {
  const detections = [{ label: "person", confidence: 0.5, box: [0, 0, 0.5, 0.5] }];
  const rules = { rules: [{ kind: "requires", label: "person", confidenceMin: 0.5 }] };
  const run = await inspectRun(api, of, { seed: 2, count: 7, detections, rules });
  const { items } = await answered<{ items: { id: string }[] }>(
    await api.call("GET", `/v1/questions?run=${run}`, { key: of.ownerKey }),
  );
  return items[0]?.id ?? "";
}

/** A device that nothing else is about, and its key: to be removed and revoked. */
/** A device that nothing else is about, its key, and a thing that stands before it: to be removed, revoked and forgotten. */
export async function addDevice(
  api: TestApi,
  { ownerKey, siteId, word }: { ownerKey: string; siteId: string; word: string },
): Promise<{ dev: string; key: string; obj: string }> {
  const added = await answered<{ id: string; keys: { id: string }[] }>(
    await api.call("POST", "/v1/devices", {
      key: ownerKey,
      json: { name: word, siteId },
      headers: { "idempotency-key": randomUUID() },
    }),
  );
  const taught = await answered<{ id: string }>(
    await api.call("POST", `/v1/devices/${added.id}/scene/objects`, {
      key: ownerKey,
      json: { box: [0.1, 0.1, 0.2, 0.2], label: "car", name: word },
      headers: { "idempotency-key": randomUUID() },
    }),
  );
  return { dev: added.id, key: added.keys[0]?.id ?? "", obj: taught.id };
}

/** A webhook, and what it was told: to be removed. */
export async function addEndpoint(
  api: TestApi,
  { ownerKey: key, word }: { ownerKey: string; word: string },
): Promise<{ end: string; dlv: string }> {
  const { id: end } = await answered<{ id: string }>(
    await api.call("POST", "/v1/endpoints", {
      key,
      json: { type: "webhook", url: "http://127.0.0.1:1/hook", name: word },
      headers: { "idempotency-key": randomUUID() },
    }),
  );
  const tested = await api.call("POST", `/v1/endpoints/${end}/test`, { key });
  if (tested.status !== 202) throw new Error(`${tested.status} ${await tested.text()}`);
  const { items } = await answered<{ items: { id: string }[] }>(
    await api.call("GET", `/v1/endpoints/${end}/deliveries`, { key }),
  );
  return { end, dlv: items[0]?.id ?? "" };
}

async function askExport(api: TestApi, key: string): Promise<string> {
  return (await answered<{ id: string }>(await api.call("POST", "/v1/account/exports", { key }))).id;
}

/** A recording that was uploaded, looked at and answered. @returns the id of its check */
async function askCheck(
  api: TestApi,
  { accountId, ownerKey: key, word }: { accountId: string; ownerKey: string; word: string },
): Promise<string> {
  const body = recordingFilm(1);
  const sha256 = createHash("sha256").update(body).digest("hex");
  const json = { kind: "video", bytes: body.length, sha256, name: word, label: word };
  const made = await api.call("POST", "/v1/authenticity/uploads", { key, json });
  const { id } = await answered<{ id: string }>(made);
  const contentType = "application/octet-stream";
  await api.services.blobs.put({ key: `uploads/${accountId}/checks/${id}`, body, contentType, sha256 });
  await answered(await api.call("POST", `/v1/authenticity/uploads/${id}/complete`, { key }));
  const provenance = { status: "absent", codes: [] };
  const facts = { contentType: "video/mp4", bytesStated: body.length, madeAt: null, provenance };
  await answered(await api.work(`/recordings/${id}/facts`, { v: 1, workerId: word, outcome: "read", facts }));
  return id;
}

async function addShare(
  api: TestApi,
  { ownerKey: key, digestId }: { ownerKey: string; digestId: string },
): Promise<string> {
  const made = await api.call("POST", `/v1/digests/${digestId}/shares`, {
    key,
    json: {},
    headers: { "idempotency-key": randomUUID() },
  });
  return (await answered<{ id: string }>(made)).id;
}

async function takeJob(api: TestApi, reviewId: string): Promise<Job> {
  for (const queue of [api.services.jobs.priority, api.services.jobs.standard]) {
    for (const message of await queue.receive({ messagesMax: 10, waitSeconds: 0, visibilitySeconds: 300 })) {
      await queue.delete(message);
      const job = Job.parse(JSON.parse(message.body));
      if (job.reviewId === reviewId) return job;
    }
  }
  throw new Error(`expected a job of ${reviewId}`);
}

export type Caller = {
  name: string;
  key?: string;
  /** Of a browser in which somebody is signed in. */
  cookie?: string;
  /** What the key opens, as security schemes and roles name it; undefined: nothing. */
  scheme?: string;
  role?: "viewer" | "member" | "owner";
};

/** Everybody who may knock: without a key, with one that is no key, was never given out or was revoked, and of every kind. */
export async function callersOf(api: TestApi, own: Tenant, scraperKey: string): Promise<Caller[]> {
  const { owner, seeded } = api.base;
  async function keyOf(kind: "member" | "device", subjectId: string, isRevoked = false): Promise<string> {
    const key = Key.generate(kind);
    await owner`insert into api_key (id, account_id, kind, subject_id, hash, revoked_at)
      values (${Id.create("key")}, ${own.accountId}, ${kind}, ${subjectId}, ${Buffer.from(Key.hash(key))},
        ${isRevoked ? new Date() : null})`;
    return key;
  }
  const memberOf = async (role: "viewer" | "member" | "owner") =>
    (await addMember(api, own.accountId, role)).mbr;
  async function signedIn(role?: "viewer" | "member" | "owner"): Promise<string> {
    const { cookie, personId } = await signInPerson(api);
    if (role) await addMember(api, own.accountId, role, personId);
    return cookie;
  }
  const viewerId = await memberOf("viewer");
  const { deviceId } = api.base.seeded.accounts.find(({ accountId }) => accountId === own.accountId) ?? {
    deviceId: "",
  };
  return [
    { name: "nobody" },
    { name: "no key at all", key: "vgl_dev_nonsense" },
    { name: "a member's key that was never given out", key: Key.generate("member") },
    { name: "a device's key that was never given out", key: Key.generate("device") },
    { name: "a revoked member", key: await keyOf("member", viewerId, true) },
    { name: "a revoked device", key: await keyOf("device", deviceId, true) },
    { name: "a scraper", key: scraperKey, scheme: "scraperKey" },
    { name: "a device", key: own.deviceKey, scheme: "deviceKey" },
    { name: "a viewer", key: await keyOf("member", viewerId), scheme: "memberKey", role: "viewer" },
    {
      name: "a member",
      key: await keyOf("member", await memberOf("member")),
      scheme: "memberKey",
      role: "member",
    },
    {
      name: "an owner",
      key: await keyOf("member", await memberOf("owner")),
      scheme: "memberKey",
      role: "owner",
    },
    { name: "a person in no account", cookie: await signedIn(), scheme: "signInCookie" },
    ...(await Promise.all(
      (["viewer", "member", "owner"] as const).map(async (role) => ({
        name: `a person who is ${role}`,
        cookie: await signedIn(role),
        scheme: "signInCookie",
        role,
      })),
    )),
    { name: "a worker", key: seeded.workerKey, scheme: "workerKey" },
    { name: "an operator", key: seeded.operatorToken, scheme: "operatorKey" },
  ];
}

/** A person who is signed in, and the cookie of their browser. */
async function signInPerson(api: TestApi): Promise<{ personId: string; cookie: string }> {
  const personId = Id.create("person");
  const token = randomUUID();
  const { owner } = api.base;
  await owner`insert into sign_in_person (id, name, email, email_verified, created_at, updated_at)
    values (${personId}, '', ${`${personId}@example.com`}, true, now(), now())`;
  await owner`insert into sign_in_browser (id, person_id, token, expires_at, created_at, updated_at)
    values (${randomUUID()}, ${personId}, ${token}, now() + interval '1 day', now(), now())`;
  return { personId, cookie: await generateSignedCookie(cookieName(signIn.origin), token, signIn.secret) };
}

/** A member that nothing else is about: to be changed and removed. */
export async function addMember(
  api: TestApi,
  accountId: string,
  role: "viewer" | "member" | "owner" = "viewer",
  personId: string | null = null,
): Promise<{ mbr: string }> {
  const mbr = Id.create("member");
  await api.base.owner`insert into member (id, account_id, name, role, person_id)
    values (${mbr}, ${accountId}, 'Somebody', ${role}, ${personId})`;
  return { mbr };
}

/** An invitation that may be taken back. */
export async function addInvitation(api: TestApi, key: string): Promise<{ inv: string }> {
  const { id: inv } = await answered<{ id: string }>(
    await api.call("POST", "/v1/invitations", {
      key,
      json: { role: "viewer" },
      headers: { "idempotency-key": randomUUID() },
    }),
  );
  return { inv };
}
