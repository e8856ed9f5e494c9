/** What lies under a mask is black in whatever is kept of a picture, and nothing of it is kept anywhere else. */
import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { unzipSync } from "fflate";
import sharp from "sharp";
import { createTestDatabase, type TestDatabase } from "../../../testing/database.ts";
import { pngOf } from "../../../testing/images.ts";
import { type Arranged, arrange, findingsFor } from "../../../testing/walk.ts";
import type { EventAccepted } from "../../event/wire.ts";
import * as Evidence from "../../evidence/index.ts";
import { signedText } from "../../gateway/signed-text.ts";
import type { Image } from "../index.ts";
import {
  acceptEvent,
  changeAreas,
  exportDigest,
  getMasks,
  keepGatewayKey,
  openShare,
  recordSignatures,
  reportDigest,
  requestReview,
  sealEvent,
  shareDigest,
} from "../index.ts";

const outline: [number, number][] = [
  [0, 0],
  [0.5, 0],
  [0.5, 0.5],
  [0, 0.5],
];

/** White, with a small red patch under the mask. */
async function canary(
  change: (one: ReturnType<typeof sharp>) => ReturnType<typeof sharp> = (one) => one.jpeg(),
) {
  const patch = await sharp({ create: { width: 20, height: 20, channels: 3, background: "#f00" } })
    .png()
    .toBuffer();
  const whole = sharp({ create: { width: 160, height: 120, channels: 3, background: "#fff" } });
  return new Uint8Array(await change(whole.composite([{ input: patch, left: 20, top: 20 }])).toBuffer());
}

const imageOf = (
  name: string,
  bytes: Uint8Array,
  contentType: Image["contentType"] = "image/jpeg",
): Image => ({
  name,
  bytes,
  contentType,
  sha256: Evidence.sha256(bytes),
});

/** @returns whether the masked quarter is black and the rest is as it was */
async function isMasked(bytes: Uint8Array): Promise<boolean> {
  const { data, info } = await sharp(bytes)
    .autoOrient()
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) =>
    data[(Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * 3] ?? -1;
  let isBlack = true;
  for (let y = 0; y < 0.5; y += 0.02) for (let x = 0; x < 0.5; x += 0.02) isBlack &&= at(x, y) < 20;
  return isBlack && at(0.75, 0.25) > 235 && at(0.25, 0.75) > 235 && at(0.53, 0.53) > 200;
}

describe("a mask", () => {
  let base: TestDatabase;
  let walk: Arranged;
  let deviceId: string;
  before(async () => {
    base = await createTestDatabase();
    walk = arrange(base, "pro");
    deviceId = base.seeded.accounts.find(({ accountId }) => accountId === walk.accountId)?.deviceId ?? "";
    await draw(true);
  });
  after(() => base.close());

  async function draw(isDrawn: boolean) {
    const by = { accountId: walk.accountId, actor: walk.memberId, deviceId };
    await changeAreas(walk.services, by, { areas: isDrawn ? [{ kind: "mask", outline }] : [] });
  }

  /** Everything that the store has. */
  async function stored(): Promise<{ key: string; bytes: Uint8Array }[]> {
    const keys = await walk.services.blobs.list({ prefix: "", after: null, countMax: 1_000 });
    return Promise.all(
      keys.map(async ({ key }) => ({
        key,
        bytes: (await walk.services.blobs.read(key, 10_000_000)) ?? new Uint8Array(),
      })),
    );
  }

  const momentsOf = (id: string) =>
    base.owner<{ id: string; state: string; bytes: number; sha256: string; announced: string | null }[]>`
      select id, state, bytes, sha256, announced_sha256 as announced from moment where event_id = ${id} order by name`;

  async function assertKept({ id }: EventAccepted, original: Image) {
    const [moment] = await momentsOf(id);
    assert.equal(moment?.state, "ready");
    assert.equal(moment.announced, original.sha256);
    const key = Evidence.keyOf(walk.accountId, id, moment.id);
    const bytes = await walk.services.blobs.read(key, 10_000_000);
    assert.ok(bytes);
    assert.equal(await isMasked(bytes), true);
    assert.deepEqual([moment.sha256, moment.bytes], [Evidence.sha256(bytes), bytes.byteLength]);
    assert.ok(
      !(await stored()).some((one) => Evidence.sha256(one.bytes) === original.sha256),
      "the original is nowhere",
    );
  }

  it("is told to the device that it is drawn for", async () => {
    assert.deepEqual(await getMasks(walk.services, { accountId: walk.accountId, deviceId }), {
      masks: [outline],
    });
  });

  it("blackens what comes with its event before it is kept, of every format, turned or not", async () => {
    const formats = [
      imageOf("a.jpg", await canary()),
      imageOf("a.png", await canary((one) => one.png()), "image/png"),
      imageOf("a.webp", await canary((one) => one.webp()), "image/webp"),
    ];
    for (const original of formats) {
      assert.equal(await isMasked(original.bytes), false, "the canary is seen where there is no mask");
      const input = walk.event({ type: "person" });
      const accepted = await walk.post(input, [original]);
      await assertKept(accepted, original);
      const again = await walk.post(input, [original]);
      assert.deepEqual([again.id, again.status, again.uploads], [accepted.id, "duplicate", []]);
    }
  });

  it("leaves what a gateway signed at capture as it was signed", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    const raw = Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url");
    const by = { accountId: walk.accountId, deviceId };
    const { id: keyId } = await keepGatewayKey(walk.services, { ...by, publicKey: raw.toString("base64") });
    const original = imageOf("signed.jpg", await canary());
    const { id } = await walk.post(walk.event({ type: "person" }), [original]);
    const [said, at] = [{ sequence: 1, sha256: original.sha256 }, "2026-06-01T21:14:05.120Z"];
    const signature = sign(null, signedText({ ...said, at }), privateKey).toString("base64");
    await recordSignatures(walk.services, { ...by, eventId: id }, [
      { name: original.name, keyId, sequence: said.sequence, at, signature },
    ]);
    const [kept] = await base.owner<{ status: string }[]>`
      select s.status from moment_signature s join moment m on m.id = s.moment_id where m.event_id = ${id}`;
    assert.equal(kept?.status, "holds");
  });

  it("covers what is shown of a picture that its file says to turn, and leaves nothing beside the pixels", async () => {
    const upright = await canary((one) => one.png());
    // As a camera that lies on its side writes it.
    const turned = new Uint8Array(
      await sharp(await sharp(upright).rotate(270).toBuffer())
        .withExif({ IFD0: { Copyright: "a small copy of the pixels" } })
        .withMetadata({ orientation: 6 })
        .jpeg()
        .toBuffer(),
    );
    const original = imageOf("turned.jpg", turned);
    const accepted = await walk.post(walk.event({ type: "person" }), [original]);
    await assertKept(accepted, original);
    const [moment] = await momentsOf(accepted.id);
    const kept = await walk.services.blobs.read(
      Evidence.keyOf(walk.accountId, accepted.id, moment?.id ?? ""),
      1_000_000,
    );
    assert.equal((await sharp(kept ?? undefined).metadata()).exif, undefined);
  });

  it("blackens what was announced when it is sealed, deletes what was uploaded, and knows it again", async () => {
    const original = imageOf("b.jpg", await canary());
    const { name, contentType, sha256, bytes } = original;
    const evidence = [{ name, contentType, sha256, bytes: bytes.byteLength }];
    const input = walk.event({ type: "person", evidence });
    const accepted = await walk.post(input);
    const key = decodeURIComponent(new URL(accepted.uploads[0]?.url ?? "").pathname.slice(1));
    await walk.services.blobs.put({ key, body: bytes, contentType, sha256 });
    const seal = () =>
      sealEvent(walk.services, { accountId: walk.accountId, deviceId, eventId: accepted.id });
    const sealed = await Promise.all([seal(), seal()]);
    assert.ok(sealed.some((one) => one.sealed));
    assert.equal((await seal()).sealed, true);
    await assertKept(accepted, original);
    const [leaf] = await base.owner<{ statement: string }[]>`
      select convert_from(statement, 'UTF8') as statement from log_leaf where subject = ${(await momentsOf(accepted.id))[0]?.id ?? ""}`;
    assert.ok(leaf && !leaf.statement.includes(sha256), "the log has what is kept");
    assert.equal((await walk.post(input)).status, "duplicate");
    const whole = { ...input, evidence: undefined };
    assert.equal(
      (await acceptEvent(walk.services, { key: walk.deviceKey, input: whole, images: [original] })).status,
      "duplicate",
    );
  });

  it("keeps nothing of a picture that cannot be masked, and loses no event", async () => {
    const broken = imageOf("broken.png", pngOf(64, 48), "image/png");
    const accepted = await walk.post(walk.event({ type: "person" }), [broken]);
    assert.equal(accepted.status, "accepted");
    const [moment] = await momentsOf(accepted.id);
    assert.ok(moment);
    if (moment.state === "announced") assert.equal(accepted.uploads.length, 1);
    assert.ok(!(await stored()).some((one) => Evidence.sha256(one.bytes) === broken.sha256));
  });

  it("is black in what a worker fetches, in a link, and in an export", async () => {
    walk.services.clock.advance(600_000);
    const { sessionId } = await walk.post(walk.event({ type: "person" }), [imageOf("c.jpg", await canary())]);
    await requestReview(walk.services, { accountId: walk.accountId, sessionId, actor: "test" });
    const job = (await walk.receive()).find((one) => one.sessionId === sessionId);
    const [moment] = job?.moments ?? [];
    assert.ok(job && moment);
    const read = (url: string) =>
      walk.services.blobs.read(decodeURIComponent(new URL(url).pathname.slice(1)), 10_000_000);
    const fetched = await read(moment.url);
    assert.ok(fetched);
    assert.deepEqual([moment.sha256, moment.bytes], [Evidence.sha256(fetched), fetched.byteLength]);
    assert.equal(await isMasked(fetched), true);
    const { digestId } = await reportDigest(walk.services, findingsFor(job, []));
    const by = { accountId: walk.accountId, actor: walk.memberId };
    const bundle = await read((await exportDigest(walk.services, { ...by, digestId })).url);
    assert.ok(bundle);
    const pictures = Object.entries(unzipSync(bundle)).filter(([file]) => file.endsWith(".jpg"));
    assert.equal(pictures.length, 1);
    for (const [, bytes] of pictures) assert.equal(await isMasked(bytes), true);
    const { url } = await shareDigest(walk.services, { ...by, digestId }, { hours: 1 });
    const shared = await openShare(walk.services, { token: url.split("/").at(-1) ?? "" });
    const shown = await read(shared?.digest.moments[0]?.image?.url ?? "");
    assert.ok(shown);
    assert.equal(await isMasked(shown), true);
  });

  it("holds from when it was drawn, for its own camera alone", async () => {
    await draw(false);
    const original = imageOf("d.jpg", await canary());
    const { id } = await walk.post(walk.event({ type: "person" }), [original]);
    const [moment] = await momentsOf(id);
    assert.deepEqual([moment?.sha256, moment?.announced], [original.sha256, null]);
    await draw(true);
    const kept = await walk.services.blobs.read(
      Evidence.keyOf(walk.accountId, id, moment?.id ?? ""),
      1_000_000,
    );
    assert.equal(Evidence.sha256(kept ?? new Uint8Array()), original.sha256, "what is kept stays as it is");
  });
});
