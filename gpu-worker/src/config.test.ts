import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createSigningKey, publicKeyOf } from "@vigil/core/review/job-signature";
import { BadEnvironment, readConfig } from "./config.ts";

const good = {
  API_URL: "https://api.example.org",
  WORKER_KEY: "vgl_wrk_secret",
  JOB_PUBLIC_KEYS: publicKeyOf(createSigningKey()),
  PRIORITY_QUEUE_URL: "https://sqs.eu-west-2.amazonaws.com/1/priority",
  STANDARD_QUEUE_URL: "https://sqs.eu-west-2.amazonaws.com/1/standard",
  BULK_QUEUE_URL: "https://sqs.eu-west-2.amazonaws.com/1/bulk",
  AWS_REGION: "eu-west-2",
  EVIDENCE_HOST: "https://a.r2.cloudflarestorage.com, https://b.example.org:8443/",
};

function faultsOf(environment: Record<string, string | undefined>): string {
  try {
    readConfig(environment);
  } catch (error) {
    assert.ok(error instanceof BadEnvironment);
    return error.message;
  }
  throw new Error("expected faults, got none");
}

describe("the settings", () => {
  it("need little, and have defaults for the rest", () => {
    const config = readConfig(good);
    assert.deepEqual(config.evidence, {
      origins: ["https://a.r2.cloudflarestorage.com", "https://b.example.org:8443"],
      privateAddresses: false,
    });
    assert.deepEqual(config.queues.visibilitySeconds, 300);
    assert.equal(config.model.name, "yolov8n");
    assert.equal(config.metrics.host, "127.0.0.1");
    assert.ok(Object.isFrozen(config));
  });

  it("take several public keys, so that the API's key can be changed, and nothing else for one", () => {
    const both = [createSigningKey(), createSigningKey()].map(publicKeyOf).join(", ");
    assert.equal(readConfig({ ...good, JOB_PUBLIC_KEYS: both }).jobKeys.length, 2);
    for (const wrong of ["", "oops", createSigningKey(), `${both},oops`]) {
      assert.match(faultsOf({ ...good, JOB_PUBLIC_KEYS: wrong }), /JOB_PUBLIC_KEYS: expected an Ed25519 key/);
    }
    assert.match(faultsOf({ ...good, JOB_PUBLIC_KEYS: undefined }), /JOB_PUBLIC_KEYS: .*got nothing/);
  });

  it("take an empty variable for an absent one", () => {
    assert.equal(readConfig({ ...good, LANES: "", SQS_ENDPOINT: "" }).model.lanes, undefined);
  });

  it("list every fault at once: what was expected and what came, but no secret", () => {
    const message = faultsOf({
      ...good,
      API_URL: undefined,
      WORKER_KEY: "vgl_dev_oops",
      BATCH_SIZE_MAX: "0",
      EVIDENCE_HOST: "https://host/path",
      VISIBILITY_HEARTBEAT_SECONDS: "200",
    });
    for (const name of ["API_URL", "WORKER_KEY", "BATCH_SIZE_MAX", "EVIDENCE_HOST", "VISIBILITY_HEARTBEAT"]) {
      assert.match(message, new RegExp(`${name}.*: .*; got `), name);
    }
    assert.match(message, /BATCH_SIZE_MAX: .*got "0"/);
    assert.doesNotMatch(message, /oops/);
  });

  it("refuse settings that contradict each other", () => {
    assert.match(
      faultsOf({ ...good, VISIBILITY_HEARTBEAT_SECONDS: "150" }),
      /less than half of VISIBILITY_SECONDS/,
    );
    assert.match(faultsOf({ ...good, DRAIN_SECONDS: "20" }), /more than POLL_SECONDS/);
    assert.match(faultsOf({ ...good, SQS_ACCESS_KEY_ID: "id" }), /both .* or neither/);
  });
});
