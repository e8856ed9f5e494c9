import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { problem, toBody } from "@vigil/core/problem";
import { temporaryFolder } from "../../testing/temporary-folder.ts";
import { parseCommand } from "../cli/parse-command.ts";
import { parseConfig } from "../config.ts";
import { askKey, NotEnrolled } from "./ask-key.ts";
import { keepKey, readKey } from "./keep-key.ts";

const codes = {
  deviceCode: "q8",
  userCode: "WDJB-MJHT",
  verificationUri: "https://vigil.test/enrol",
  verificationUriComplete: "https://vigil.test/enrol#WDJB-MJHT",
  expiresIn: 600,
  interval: 5,
};
const enrolled = {
  deviceId: `dev_${"0".repeat(32)}`,
  siteId: `sit_${"0".repeat(32)}`,
  name: "Back room",
  zone: null,
  key: "vgl_dev_secret",
};
const refused = (code: Parameters<typeof problem>[0]) => {
  const body = toBody(problem(code, "as the test wants it"), "req_0");
  return Response.json(body, { status: body.status });
};

/** An API that gives these answers in turn, and how long was waited between. */
function asked(answers: (() => Response)[]) {
  const waits: number[] = [];
  const fetch = async () => {
    const next = answers.shift();
    if (!next) throw new Error("expected no question more");
    return next();
  };
  const pause = async (ms: number) => void waits.push(ms);
  const result = askKey({ apiUrl: "https://vigil.test", name: "gw", onCodes: () => undefined, pause, fetch });
  return { result, waits };
}

describe("asking for the gateway's key", () => {
  it("waits as it is told to, through a network that fails, until an owner has let it in", async () => {
    const { result, waits } = asked([
      () => Response.json(codes, { status: 201 }),
      () => refused("authorization-pending"),
      () => refused("slow-down"),
      () => {
        throw new TypeError("fetch failed");
      },
      () => new Response("<h1>503</h1>", { status: 503 }),
      () => Response.json(enrolled, { status: 201 }),
    ]);
    assert.deepEqual(await result, enrolled);
    assert.deepEqual(waits, [5_000, 5_000, 10_000, 10_000, 10_000]);
  });

  it("ends when it is turned away, when nobody comes, and where no Vigil is", async () => {
    const first = () => Response.json(codes, { status: 201 });
    await assert.rejects(asked([first, () => refused("access-denied")]).result, /turned away/);
    const never = Array.from({ length: 130 }, () => () => refused("authorization-pending"));
    await assert.rejects(asked([first, ...never]).result, /nobody has typed the code/);
    await assert.rejects(asked([() => new Response("hello")]).result, NotEnrolled);
    await assert.rejects(asked([() => refused("rate-limited")]).result, /sends too fast/);
  });
});

describe("keeping the gateway's key", () => {
  const kept = {
    apiUrl: "https://vigil.test",
    key: "vgl_dev_new",
    site: "back-room",
    timeZone: "Europe/London",
  };

  it("makes a configuration that is sound, for its owner's eyes alone", async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, "gateway.yaml");
    await keepKey(path, kept);
    const { site, timeZone, api } = parseConfig(readFileSync(path, "utf8"));
    assert.deepEqual(
      { site, timeZone, api },
      {
        site: "back-room",
        timeZone: "Europe/London",
        api: { url: kept.apiUrl, key: kept.key },
      },
    );
  });

  it("leaves what else stands there, comments too", async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, "gateway.yaml");
    writeFileSync(
      path,
      "# the shop\nsite: shop-1 # ours\nlogLevel: warn\napi: { url: http://old, key: vgl_dev_old }\n",
    );
    assert.equal(readKey(path), "vgl_dev_old");
    await keepKey(path, kept);
    const text = readFileSync(path, "utf8");
    assert.match(text, /# the shop\nsite: shop-1 # ours\nlogLevel: warn/);
    assert.equal(parseConfig(text).api.key, kept.key);
  });
});

describe("vigil-gateway enrol", () => {
  it("needs an address, of which it takes the origin", () => {
    assert.throws(() => parseCommand(["enrol"]), /--api/);
    assert.throws(() => parseCommand(["enrol", "--api", "ftp://vigil.test"]), /--api/);
    const command = parseCommand(["enrol", "--api", "https://vigil.test/v1"]);
    assert.deepEqual(command, {
      name: "enrol",
      config: undefined,
      apiUrl: "https://vigil.test",
      as: undefined,
      again: false,
    });
  });
});
