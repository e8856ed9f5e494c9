import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Manifest } from "./resolve.ts";
import {
  awsBehindPlatform,
  coreDirection,
  describedLazily,
  fileLength,
  fileName,
  noDatabase,
  noFolderCircle,
  noTestCode,
  type Rule,
  rules,
  runtimeBehindDoor,
  webTypesOnly,
  workspaceDirection,
} from "./rules.ts";
import { parseSource } from "./source-file.ts";
import { buildTree } from "./tree.ts";

const manifests: Manifest[] = [
  {
    name: "@vigil/core",
    folder: "packages/core",
    exports: {
      "./limits": "./src/limits.ts",
      "./digest/things": "./src/digest/words-things.ts",
      "./platform/*": "./src/platform/*.ts",
      "./*/wire": "./src/*/wire.ts",
      "./*": "./src/*/index.ts",
    },
  },
  { name: "@vigil/functions", folder: "functions", exports: {} },
  { name: "@vigil/gpu-worker", folder: "gpu-worker", exports: {} },
  { name: "@vigil/web", folder: "web", exports: {} },
];

/** A sound miniature of the repository. */
const sound: Record<string, string> = {
  "packages/core/src/limits.ts": "export const max = 1;",
  "packages/core/src/platform/aws.ts":
    'import { S3Client } from "@aws-sdk/client-s3"; export const client = S3Client;',
  "packages/core/src/db/index.ts":
    'import postgres from "postgres"; import "../event/event.sql.ts"; export const db = postgres;',
  "packages/core/src/event/event.sql.ts":
    'import { pgTable } from "drizzle-orm"; export const event = pgTable;',
  "packages/core/src/event/wire.ts":
    'import { max } from "../limits.ts"; export const Event = max; export type Event = number;',
  "packages/core/src/event/index.ts": 'import { db } from "../db/index.ts"; export const record = db;',
  "packages/core/src/event/check-time.ts": "export const check = 1;",
  "packages/core/src/session/index.ts":
    'import { Event } from "../event/wire.ts"; export const close = Event;',
  "packages/core/src/session/session.sql.ts":
    'import { event } from "../event/event.sql.ts"; export const session = event;',
  "packages/core/src/flow/index.ts":
    'import * as Event from "../event/index.ts"; import "../session/index.ts"; export const accept = Event;',
  "packages/core/src/digest/words-things.ts": "export const many = String;",
  "functions/src/config.ts": "export const url = process.env.URL;",
  "functions/src/api.ts":
    'import { accept } from "@vigil/core/flow"; import { Hono } from "hono"; export const api = [accept, Hono];',
  "gpu-worker/src/main.ts":
    'import { Event } from "@vigil/core/event/wire"; import type { record } from "@vigil/core/event"; export type Record = typeof record; export const main = Event; export type Main = number;',
  "gpu-worker/src/pipe.ts": 'import { command } from "./tools/command.ts"; export const pipe = command;',
  "gpu-worker/src/tools/command.ts":
    'import type { Main } from "../main.ts"; export const command: Main = 1;',
  "gpu-worker/testing/detector.ts": "export const fake = process.env.FRAMES;",
  "gpu-worker/src/main.test.ts": 'import { fake } from "../testing/detector.ts"; void fake;',
  "web/src/main.ts": 'import type { Event } from "@vigil/core/event/wire"; export type Shown = Event;',
  "web/src/thing.ts": 'import { many } from "@vigil/core/digest/things"; export const name = many;',
};

function faultsOf(ruleList: readonly Rule[], changes: Record<string, string>): string[] {
  const files = { ...sound, ...changes };
  const sources = Object.entries(files).map(([path, text]) => parseSource(path, text));
  const tree = buildTree(sources, manifests, (path) => Object.hasOwn(files, path));
  return ruleList.flatMap((rule) => rule(tree)).map(({ path, line, detail }) => `${path}:${line} ${detail}`);
}

type Bad = { name: string; rule: Rule; path: string; text: string; says: RegExp };
const bad: Bad[] = [
  {
    name: "a workspace that reaches into another one",
    rule: workspaceDirection,
    path: "gpu-worker/src/main.ts",
    text: 'import "../../functions/src/api.ts";',
    says: /it may import packages\/core/,
  },
  {
    name: "core that depends on a trigger",
    rule: workspaceDirection,
    path: "packages/core/src/flow/index.ts",
    text: 'export * from "../../../../functions/src/api.ts";',
    says: /of functions: it may import packages\/verify/,
  },
  {
    name: "another workspace by a relative path",
    rule: workspaceDirection,
    path: "functions/src/api.ts",
    text: 'import "../../packages/core/src/limits.ts";',
    says: /by its package/,
  },
  {
    name: "a console that runs core code",
    rule: webTypesOnly,
    path: "web/src/main.ts",
    text: 'import { Event } from "@vigil/core/event/wire"; void Event;',
    says: /import type/,
  },
  {
    name: "a noun that imports another noun's index",
    rule: coreDirection,
    path: "packages/core/src/session/index.ts",
    text: 'import { record } from "../event/index.ts"; void record;',
    says: /a flow does it/,
  },
  {
    name: "a noun that imports another noun's rule, even as a type",
    rule: coreDirection,
    path: "packages/core/src/session/index.ts",
    text: 'import type { check } from "../event/check-time.ts"; export type Check = typeof check;',
    says: /a flow does it/,
  },
  {
    name: "a noun that calls a flow",
    rule: coreDirection,
    path: "packages/core/src/session/index.ts",
    text: 'export const later = () => import("../flow/index.ts");',
    says: /a flow does it/,
  },
  {
    name: "a flow that goes past a noun's index",
    rule: coreDirection,
    path: "packages/core/src/flow/index.ts",
    text: 'import "../event/check-time.ts";',
    says: /index\.ts is the only file/,
  },
  {
    name: "a platform that knows a noun",
    rule: coreDirection,
    path: "packages/core/src/platform/aws.ts",
    text: 'import "../event/index.ts";',
    says: /knows nothing of the domain/,
  },
  {
    name: "a limit that imports a noun",
    rule: coreDirection,
    path: "packages/core/src/limits.ts",
    text: 'import "./event/wire.ts";',
    says: /root of core/,
  },
  {
    name: "a worker that reaches the database through core",
    rule: noDatabase,
    path: "gpu-worker/src/main.ts",
    text: 'import { record } from "@vigil/core/event"; void record;',
    says: /gpu-worker\/src\/main\.ts -> packages\/core\/src\/event\/index\.ts -> packages\/core\/src\/db\/index\.ts/,
  },
  {
    name: "a worker with a database driver",
    rule: noDatabase,
    path: "gpu-worker/src/main.ts",
    text: 'import postgres from "postgres"; void postgres;',
    says: /-> postgres/,
  },
  {
    name: "the AWS SDK outside of its adapter",
    rule: awsBehindPlatform,
    path: "functions/src/api.ts",
    text: 'import { S3Client } from "@aws-sdk/client-s3"; void S3Client;',
    says: /only packages\/core\/src\/platform\/aws\.ts/,
  },
  {
    name: "ONNX Runtime past the door that switches its telemetry off, in a bench too",
    rule: runtimeBehindDoor,
    path: "gpu-worker/bench/bare.ts",
    text: 'import { InferenceSession } from "onnxruntime-node"; void InferenceSession;',
    says: /only gpu-worker\/src\/model\/runtime\/index\.ts/,
  },
  {
    name: "the library of the description on the way of an event",
    rule: describedLazily,
    path: "functions/src/api/routes/events.ts",
    text: 'import { type OpenAPIHono, z } from "@hono/zod-openapi"; void z;',
    says: /only functions\/src\/api\/openapi\.ts/,
  },
  {
    name: "a test double in production code",
    rule: noTestCode,
    path: "gpu-worker/src/main.ts",
    text: 'import { fake } from "../testing/detector.ts"; void fake;',
    says: /never reach production/,
  },
  {
    name: "rooms that import each other, by a type too",
    rule: noFolderCircle,
    path: "gpu-worker/src/main.ts",
    text: 'import "./pipe.ts"; export type Main = number;',
    says: /from gpu-worker\/src\/main\.ts to gpu-worker\/src\/pipe\.ts/,
  },
  {
    name: "a file of 401 lines",
    rule: fileLength,
    path: "functions/src/api.ts",
    text: "export {};\n".repeat(401),
    says: /401 lines/,
  },
  {
    name: "a file named after nothing",
    rule: fileName,
    path: "functions/src/utils.ts",
    text: "export {};",
    says: /named after nothing/,
  },
  {
    name: "a folder named after nothing",
    rule: fileName,
    path: "functions/src/helpers/date.ts",
    text: "export {};",
    says: /named after nothing/,
  },
];

describe("the layout rules", () => {
  it("find nothing in a sound tree", () => {
    assert.deepEqual(faultsOf(rules, {}), []);
  });

  for (const { name, rule, path, text, says } of bad) {
    it(`refuse ${name}`, () => {
      const [fault, ...others] = faultsOf([rule], { [path]: text });
      assert.match(fault ?? "no fault", says);
      assert.deepEqual(others, []);
    });
  }

  it("are each shown to fail by an example", () => {
    assert.deepEqual(
      rules.filter((rule) => !bad.some((example) => example.rule === rule)),
      [],
    );
  });

  it("allow a test to borrow the double of another workspace", () => {
    const text = 'import { fake } from "../../gpu-worker/testing/detector.ts"; void fake;';
    assert.deepEqual(faultsOf(rules, { "functions/src/api.test.ts": text }), []);
  });

  it("allow a file of 400 lines", () => {
    const changes = { "functions/src/api.ts": "export {};\n".repeat(400) };
    assert.deepEqual(faultsOf(rules, changes), []);
  });
});
