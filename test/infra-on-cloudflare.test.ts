/** The real `sst.config.ts` under Pulumi's mocks, with evidence and what stands in front of the API on Cloudflare. */
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { parseConfig } from "../functions/src/config.ts";
import { readConfig } from "../functions/src/edge/config.ts";
import {
  type MockedDeployment,
  platformIsInstalled,
  runUnderMocks,
} from "../infra/testing/run-under-mocks.ts";

const skip = platformIsInstalled
  ? false
  : "the SST platform is not installed; `npm run check:infra` installs it (323 MB) and runs this test";

describe("the deployment with parts of it on Cloudflare", { skip }, () => {
  const endpoint = "https://account.r2.cloudflarestorage.com";
  let deployment: MockedDeployment;
  before(async () => {
    deployment = await runUnderMocks({
      stage: "dev",
      environment: {
        EVIDENCE_ENDPOINT: endpoint,
        EVIDENCE_BUCKET: "vigil-evidence",
        SST_SECRET_EvidenceAccessKeyId: "key of the tests",
        SST_SECRET_EvidenceSecretAccessKey: "secret of the tests",
        EDGE_DOMAIN: "devices.example.com",
        CLOUDFLARE_DEFAULT_ACCOUNT_ID: "account of the tests",
      },
    });
  });

  it("puts a worker before the API that knows where it is and by what it is believed, and has no key of AWS", () => {
    const { resources, app } = deployment;
    assert.ok("cloudflare" in (app["providers"] as object));
    const script = resources.find(({ type }) => type.endsWith(":WorkersScript"));
    assert.ok(script);
    const bindings = script.inputs["bindings"] as { type: string; name: string; text?: string }[];
    const typeOf = Object.fromEntries(bindings.map(({ name, type }) => [name, type]));
    assert.deepEqual(typeOf, {
      SST_RESOURCE_App: "plain_text",
      EventRate: "ratelimit",
      API_URL: "plain_text",
      ACCEPT_URL: "plain_text",
      STREAM_URL: "plain_text",
      BODY_BYTES_MAX: "plain_text",
      ROUTER_KEY: "secret_text",
    });
    const told = Object.fromEntries(bindings.map(({ name, text }) => [name, text]));
    assert.match(readConfig(told).API_URL, /^https:/);
    const domain = resources.find(({ type }) => type.endsWith(":WorkersCustomDomain"));
    assert.equal(domain?.inputs["hostname"], "devices.example.com");
    assert.ok(!resources.some(({ type, name }) => type.endsWith(":AccessKey") && name.startsWith("Edge")));
  });

  it("makes no bucket for evidence elsewhere, gives the functions a key and no rights on S3, and tells workers and console where", () => {
    const { resources, outputs, console: built } = deployment;
    assert.ok(!resources.some(({ type, name }) => /:Bucket(V2)?$/.test(type) && name.startsWith("Evidence")));
    for (const name of ["ApiFunction", "AcceptFunction", "SweepHandlerFunction"]) {
      const found = resources.find((each) => each.type.endsWith(":Function") && each.name === name);
      assert.ok(found, name);
      const { variables } = found.inputs["environment"] as { variables: Record<string, string> };
      const config = parseConfig({ ...variables, AWS_REGION: "eu-west-2" });
      assert.equal(config.EVIDENCE_ENDPOINT, endpoint);
      assert.equal(config.EVIDENCE_BUCKET, "vigil-evidence");
      assert.equal(config.EVIDENCE_ACCESS_KEY_ID, "key of the tests");
    }
    for (const { name, inputs } of resources.filter((each) => each.type.endsWith(":Role"))) {
      assert.doesNotMatch(JSON.stringify(inputs["inlinePolicies"] ?? []), /s3:/, name);
    }
    assert.equal(outputs["EVIDENCE_HOST"], endpoint);
    assert.ok(built.page.includes(`img-src 'self' ${endpoint};`));
  });
});
