/** What the workflows of a release may do, and that they give a deployment all that it can be told. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, it } from "node:test";
import * as yaml from "yaml";

const root = path.resolve(import.meta.dirname, "..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");

type Step = { run?: string; uses?: string; env?: Record<string, string>; with?: Record<string, unknown> };
type Job = {
  needs?: string | string[];
  permissions?: Record<string, string>;
  environment?: string;
  steps: Step[];
};
type Workflow = { permissions: Record<string, string>; jobs: Record<string, Job> };

function workflow(name: string): Workflow {
  const document = yaml.parseDocument(read(`.github/workflows/${name}`), { strict: true, uniqueKeys: true });
  assert.deepEqual([...document.errors, ...document.warnings], []);
  return document.toJS() as Workflow;
}

describe("a release", () => {
  const { permissions, jobs } = workflow("release.yml");
  const job = (name: string): Job => {
    const found = jobs[name];
    assert.ok(found, name);
    return found;
  };

  it("begins with every test, and deploys what was tested and built", () => {
    assert.ok(job("test").steps.some(({ run }) => run === ".ci/run"));
    assert.ok(existsSync(path.join(root, ".ci/run")));
    assert.deepEqual([job("images").needs, job("deploy").needs], ["test", ["test", "images"]]);
  });

  it("has no more rights than each part needs, and no key of AWS", () => {
    assert.deepEqual(permissions, { contents: "read" });
    assert.deepEqual(job("images").permissions, { contents: "read", packages: "write" });
    assert.deepEqual(job("deploy").permissions, { contents: "read", "id-token": "write" });
    assert.equal(job("deploy").environment, "production");
    assert.doesNotMatch(read(".github/workflows/release.yml"), /AWS_(ACCESS|SECRET)/);
  });

  it("brings the tables to it before the functions", () => {
    const at = (text: string) => job("deploy").steps.findIndex(({ run }) => run?.includes(text));
    assert.ok(at("deploy/prepare-database.ts") >= 0);
    assert.ok(at("deploy/prepare-database.ts") < at("sst deploy"));
  });

  it("tells a deployment everything that one can be told", () => {
    const settings = [...read("infra/config.ts").matchAll(/^ {4}([A-Z][A-Z_]+): z/gm)].map(
      ([, name = ""]) => name,
    );
    assert.ok(settings.length > 10);
    const told = job("deploy").steps.find(({ run }) => run?.includes("sst deploy"))?.env ?? {};
    assert.deepEqual(
      settings.filter((name) => !(name in told)),
      [],
    );
  });

  it("builds targets that the files of the images have", () => {
    for (const [, file = "", target = ""] of read(".github/workflows/release.yml").matchAll(
      /file: (\S+), target: (\w+)/g,
    )) {
      assert.match(read(file), new RegExp(`^FROM .* AS ${target}$`, "m"));
    }
  });
});
