/** What a person sets on the local page is on the disk before the page says that it was done. */
import assert from "node:assert/strict";
import { cpSync, mkdirSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { eepromPacket, framePacket, makeEeprom, renderFrame, roomView } from "../../testing/device-frames.ts";
import { noCameras } from "../../testing/no-cameras.ts";
import { openTestSite, type TestConnection, type TestSite } from "../../testing/sensing-site.ts";
import { temporaryFolder } from "../../testing/temporary-folder.ts";
import { createLog } from "../log.ts";
import type { Sensing } from "../sensing.ts";
import { openWeb, type Web } from "./index.ts";

const eeprom = makeEeprom();
const hello = `#serialno:S1!#Sensor:ADC1=269,ADC3=400!`;
const schedule = { mode: "on_demand", requestEverySeconds: "7", eepromEverySeconds: "900" };
const who = { by: "owner", why: "seen on site" };

type Kind = {
  name: string;
  path: string;
  /** The file that keeps it. */
  file: string;
  form: (sensing: Sensing) => Record<string, string>;
  /** What another gateway on the same files knows of it. */
  read: (sensing: Sensing) => unknown;
  wanted: unknown;
};

const candidateOf = (sensing: Sensing) => sensing.baselines.list()[0]?.candidate?.id ?? "";

const kinds: Kind[] = [
  {
    name: "a list of places",
    path: "/places",
    file: "places.csv",
    form: () => ({ list: "key,place\nS1,attic\n", format: "csv" }),
    read: ({ places }) => places.list(),
    wanted: [{ key: "S1", place: "attic" }],
  },
  {
    name: "a schedule",
    path: "/devices/S1/schedule",
    file: "S1.json",
    form: () => schedule,
    read: ({ schedules }) => schedules.of("S1"),
    wanted: { mode: "on_demand", requestEverySeconds: 7, eepromEverySeconds: 900 },
  },
  {
    name: "an approved baseline",
    path: "/devices/S1/baseline",
    file: "S1.json",
    form: (sensing) => ({ verdict: "approve", candidate: candidateOf(sensing), ...who }),
    read: ({ baselines }) => {
      const [state] = baselines.list();
      return [state?.approved?.approvedBy, state?.approved?.frames, state?.decisions[0]?.verdict];
    },
    wanted: ["owner", 60, "approved"],
  },
  {
    name: "a rejected baseline, who rejected it and why",
    path: "/devices/S1/baseline",
    file: "S1.json",
    form: (sensing) => ({ verdict: "reject", candidate: candidateOf(sensing), ...who }),
    read: ({ baselines }) => {
      const { verdict, by, why } = baselines.list()[0]?.decisions[0] ?? {};
      return { verdict, by, why };
    },
    wanted: { verdict: "rejected", ...who },
  },
  {
    name: "what the gas sensor takes for clean air",
    path: "/devices/S1/air",
    file: "S1.json",
    form: () => ({}),
    read: ({ devices }) => devices()[0]?.air?.quality,
    wanted: "good",
  },
];

describe("what a person sets on the local page", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let site: TestSite;
  let web: Web;
  let device: TestConnection;

  before(async () => {
    folder = temporaryFolder();
    site = await openTestSite({ stateDir: folder.path });
    web = await openWeb({
      host: "127.0.0.1",
      port: 0,
      site: "shop-1",
      timeZone: "UTC",
      clock: site.clock,
      status: () => Promise.reject(new Error("the overview is not asked for")),
      sensing: site.sensing,
      cameras: noCameras,
      log: createLog({ level: "silent" }),
    });
    device = await site.connect();
    await device.say(`${hello}${eepromPacket(eeprom).toString("latin1")}`, 1);
  });
  after(async () => {
    await web?.stop();
    await site?.[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });

  async function propose(): Promise<void> {
    site.sensing.baselines.propose("S1", "owner", "summer");
    for (let second = 0; second < 61; second++) {
      site.clock.move(1_000);
      await device.say(framePacket(renderFrame(eeprom, roomView(24, second))), 1);
    }
  }

  async function post({ path, form }: Kind): Promise<{ status: number; text: string }> {
    const answer = await fetch(new URL(path, web.url), {
      method: "POST",
      headers: { origin: new URL(web.url).origin },
      body: new URLSearchParams(form(site.sensing)),
      redirect: "manual",
    });
    return { status: answer.status, text: await answer.text() };
  }

  for (const kind of kinds) {
    it(`is kept when the page says so, and called not kept when it cannot be: ${kind.name}`, async () => {
      const needsCandidate = kind.path.endsWith("/baseline");
      if (needsCandidate) await propose();
      const inTheWay = join(folder.path, `${kind.file}.new`);
      mkdirSync(inTheWay);
      const refused = await post(kind);
      rmdirSync(inTheWay);
      assert.equal(refused.status, 507);
      assert.match(refused.text, /not kept.*will not after a restart.*EISDIR/s);
      assert.equal(site.faults.at(-1)?.code, "state_unwritable");

      if (needsCandidate) await propose();
      assert.equal((await post(kind)).status, 303);
      // What a power cut at this moment would leave.
      using left = temporaryFolder();
      cpSync(folder.path, left.path, { recursive: true });
      await using again = await openTestSite({ stateDir: left.path });
      await (await again.connect()).say(hello, 1);
      assert.deepEqual(kind.read(again.sensing), kind.wanted);
    });
  }

  it("is called not kept by a gateway that has no folder", async () => {
    await using bare = await openTestSite();
    await assert.rejects(
      bare.sensing.places.load("key,place\nS1,attic\n", "csv"),
      /will not after a restart/,
    );
    assert.deepEqual(bare.sensing.places.list(), [{ key: "S1", place: "attic" }]);
  });
});
