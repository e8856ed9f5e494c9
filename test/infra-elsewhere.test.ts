/** The real `sst.config.ts` under Pulumi's mocks, with evidence in a store that is not S3. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseConfig } from "../functions/src/config.ts";
import { platformIsInstalled, runUnderMocks } from "../infra/testing/run-under-mocks.ts";

const skip = platformIsInstalled
  ? false
  : "the SST platform is not installed; `npm run check:infra` installs it (323 MB) and runs this test";

describe("the deployment with evidence elsewhere", { skip }, () => {
  it("makes no bucket for it, gives the functions a key and no rights on S3, and tells workers and console where", async () => {
    const endpoint = "https://account.r2.cloudflarestorage.com";
    const {
      resources,
      outputs,
      console: built,
    } = await runUnderMocks({
      stage: "dev",
      environment: {
        EVIDENCE_ENDPOINT: endpoint,
        EVIDENCE_BUCKET: "vigil-evidence",
        SST_SECRET_EvidenceAccessKeyId: "key of the tests",
        SST_SECRET_EvidenceSecretAccessKey: "secret of the tests",
      },
    });
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
