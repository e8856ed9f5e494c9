/** The real `sst.config.ts`, run under Pulumi's mocks: what would be deployed, down to each IAM statement. */
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { parseConfig } from "../functions/src/config.ts";
import * as paths from "../functions/src/one-origin.ts";
import { parseSignInConfig } from "../functions/src/sign-in/config.ts";
import { grants, statementsIn } from "../infra/testing/grants.ts";
import {
  type MockedDeployment,
  platformIsInstalled,
  runUnderMocks,
} from "../infra/testing/run-under-mocks.ts";
import { delivery, erasing, exporting, queue, stream } from "../packages/core/src/limits.ts";
import { publicKeyOf } from "../packages/core/src/review/job-signature.ts";

const skip = platformIsInstalled
  ? false
  : "the SST platform is not installed; `npm run check:infra` installs it (323 MB) and runs this test";

describe("the deployment", { skip }, () => {
  let deployment: MockedDeployment;

  function one(type: string, name: string): Record<string, unknown> {
    const found = deployment.resources.filter((each) => each.type.endsWith(`:${type}`) && each.name === name);
    assert.equal(
      found.length,
      1,
      `expected one ${type} named ${name}; there are ${deployment.resources
        .filter((each) => each.type.endsWith(`:${type}`))
        .map((each) => each.name)
        .join(", ")}`,
    );
    return found[0]?.inputs ?? {};
  }

  function grantsOfRole(name: string): string[] {
    const [inline] = one("Role", name)["inlinePolicies"] as { policy: string }[];
    return grants(statementsIn(inline?.policy));
  }

  before(async () => {
    deployment = await runUnderMocks({
      stage: "production",
      environment: { ALARM_EMAIL: "ops@example.com", SESSION_GAP_SECONDS: "45" },
    });
  });

  describe("queues", () => {
    for (const name of ["Priority", "Standard", "Bulk", "Session", "Delivery"]) {
      it(`sends a message of ${name} to the dead-letter queue after ${queue.receivesMax} receives`, () => {
        const inputs = one("Queue", `${name}Queue`);
        const visibilitySeconds = name === "Delivery" ? delivery.visibilitySeconds : queue.visibilitySeconds;
        assert.equal(inputs["visibilityTimeoutSeconds"], visibilitySeconds);
        assert.deepEqual(JSON.parse(String(inputs["redrivePolicy"])), {
          deadLetterTargetArn: "arn:aws:sqs:eu-west-2:123456789012:DeadLetterQueue",
          maxReceiveCount: queue.receivesMax,
        });
      });
    }

    it("keeps dead letters for 14 days and takes them from these five queues only", () => {
      assert.equal(one("Queue", "DeadLetterQueue")["messageRetentionSeconds"], 14 * 24 * 60 * 60);
      const allow = JSON.parse(String(one("RedriveAllowPolicy", "DeadLetterSources")["redriveAllowPolicy"]));
      assert.equal(allow.redrivePermission, "byQueue");
      assert.equal(allow.sourceQueueArns.length, 5);
    });

    it("delivers session messages, deliveries and dead letters, each to a function that answers per message", () => {
      const mappings = deployment.resources
        .filter((each) => each.type.endsWith(":EventSourceMapping"))
        .map((each) => each.inputs);
      assert.deepEqual(
        mappings.map((mapping) => String(mapping["eventSourceArn"])).toSorted((a, b) => (a < b ? -1 : 1)),
        [
          "arn:aws:sqs:eu-west-2:123456789012:DeadLetterQueue",
          "arn:aws:sqs:eu-west-2:123456789012:DeliveryQueue",
          "arn:aws:sqs:eu-west-2:123456789012:SessionQueue",
        ],
      );
      for (const mapping of mappings) {
        assert.deepEqual(mapping["functionResponseTypes"], ["ReportBatchItemFailures"]);
      }
    });
  });

  describe("evidence", () => {
    it("is private: every way to make it public is blocked", () => {
      const { bucket, ...block } = one("BucketPublicAccessBlock", "EvidencePublicAccessBlock");
      assert.ok(bucket);
      assert.deepEqual(block, {
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      });
    });

    it("refuses plain HTTP, old TLS and signatures older than 60 s", () => {
      const statements = statementsIn(one("BucketPolicy", "EvidencePolicy")["policy"]);
      assert.ok(statements.every((statement) => statement.Effect === "Deny"));
      assert.deepEqual(
        statements.map((statement) => statement.Condition),
        [
          { Bool: { "aws:SecureTransport": ["false"] } },
          { NumericGreaterThan: { "s3:signatureAge": ["60000"] } },
          { NumericLessThan: { "s3:TlsVersion": ["1.2"] } },
        ],
      );
    });

    it("expires, survives the removal of the stack in production, and answers no CORS", () => {
      const { rules } = one("BucketLifecycleConfiguration", "EvidenceLifecycle") as {
        rules: { expiration?: { days: number } }[];
      };
      // What is older than EVIDENCE_DAYS the sweep erases, and the store a day later what it could not.
      assert.equal(rules[0]?.expiration?.days, 90 + 1);
      assert.equal(one("Bucket", "EvidenceBucket")["forceDestroy"], false);
      assert.equal(deployment.app["removal"], "retain");
      assert.equal(deployment.app["protect"], true);
      assert.ok(!deployment.resources.some((each) => each.name === "EvidenceCors"));
    });
  });

  describe("rights", () => {
    const queues = ["PriorityQueue", "StandardQueue", "BulkQueue", "SessionQueue", "DeliveryQueue"];
    const common = [
      ...queues.map((name) => `sqs:SendMessage ${name}`),
      ...[...queues, "DeadLetterQueue"].map((name) => `sqs:GetQueueAttributes ${name}`),
      "s3:GetObject evidencebucket/*",
      "s3:ListBucket evidencebucket",
    ];
    const takeEvidence = ["Delete", "Put"].map((verb) => `s3:${verb}Object evidencebucket/*`);
    const consume = (name: string) =>
      ["ChangeMessageVisibility", "DeleteMessage", "GetQueueAttributes", "GetQueueUrl", "ReceiveMessage"].map(
        (verb) => `sqs:${verb} ${name}`,
      );

    it("lets the API send, sign and take evidence, and nothing else", () => {
      for (const role of ["AcceptRole", "ApiRole"]) {
        assert.deepEqual(grantsOfRole(role), [...common, ...takeEvidence].toSorted(), role);
      }
    });

    it("lets what checks texts and pictures do nothing on AWS", () => {
      assert.deepEqual(grantsOfRole("AuthenticityRole"), []);
    });

    it("lets sign-in do nothing on AWS, and tells it nothing that the API is told but for their common secret", () => {
      assert.deepEqual(grantsOfRole("SignInRole"), []);
      const { variables } = one("Function", "SignInFunction")["environment"] as {
        variables: Record<string, string>;
      };
      const config = parseSignInConfig(variables);
      assert.match(config.SIGN_IN_DATABASE_URL, /vigil_sign_in/);
      assert.equal(config.CONSOLE_ORIGIN, deployment.outputs["CONSOLE_URL"]);
      for (const name of ["DATABASE_URL", "JOB_SIGNING_KEY", "DELIVERY_SECRET", "EVIDENCE_BUCKET"]) {
        assert.equal(variables[name], undefined, name);
      }
    });

    it("lets the sweep send, sign what is read, and seal evidence, and nothing else", () => {
      assert.deepEqual(grantsOfRole("SweepHandlerRole"), [...common, ...takeEvidence].toSorted());
    });

    it("lets the stream, and what appends to the evidence log, ask the database, and do nothing on AWS", () => {
      assert.deepEqual([grantsOfRole("StreamRole"), grantsOfRole("CheckpointHandlerRole")], [[], []]);
    });

    it("lets what exports and erases accounts read, write and delete evidence, and nothing else", () => {
      const reading = common.filter((grant) => grant.startsWith("s3:"));
      assert.deepEqual(grantsOfRole("WholeAccountsHandlerRole"), [...reading, ...takeEvidence].toSorted());
      const { ephemeralStorage, timeout } = one("Function", "WholeAccountsHandlerFunction");
      const room = (ephemeralStorage as { size: number }).size * 1024 * 1024;
      assert.ok(
        room >= 2 * exporting.volumeBytesMax,
        "an archive fits on its disk, the last picture included",
      );
      assert.ok(Number(timeout) * 1000 > Math.max(exporting.turnMsMax, erasing.turnMsMax));
    });

    it("lets each subscriber consume its own queue besides, and no other", () => {
      const roles = deployment.resources.filter(
        (each) => each.type.endsWith(":Role") && each.name.includes("Subscriber"),
      );
      const granted = roles.map((role) => [...new Set(grantsOfRole(role.name))].toSorted());
      const expected = ["SessionQueue", "DeliveryQueue", "DeadLetterQueue"].map((name) =>
        [...new Set([...common, ...consume(name)])].toSorted(),
      );
      assert.deepEqual(new Set(granted.map(String)), new Set(expected.map(String)));
    });

    it("lets the worker take jobs off two queues over TLS, and not send, and not read storage", () => {
      const statements = statementsIn(one("Policy", "WorkerPolicy")["policy"]);
      assert.deepEqual(
        grants(statements),
        ["PriorityQueue", "StandardQueue", "BulkQueue"]
          .flatMap((name) =>
            ["ReceiveMessage", "DeleteMessage", "ChangeMessageVisibility", "GetQueueAttributes"].map(
              (verb) => `sqs:${verb} ${name}`,
            ),
          )
          .toSorted(),
      );
      assert.deepEqual(statements[0]?.Condition, { Bool: { "aws:SecureTransport": ["true"] } });
      assert.ok(!deployment.resources.some((each) => each.type.endsWith(":AccessKey")));
    });

    it("grants no wildcard action anywhere, and lets only Lambda assume a function's role", () => {
      const roles = deployment.resources.filter((each) => each.type.endsWith(":Role"));
      assert.ok(roles.length >= 4);
      for (const { name, inputs } of roles) {
        for (const line of grantsOfRole(name)) assert.doesNotMatch(line, /^\S*\*/, `${name}: ${line}`);
        assert.doesNotMatch(JSON.stringify(inputs["assumeRolePolicy"]), /:root|"\*"/, name);
      }
    });
  });

  describe("functions", () => {
    const whole = "WholeAccountsHandlerFunction";
    const names = ["Accept", "Api", "Authenticity", "Stream", "SweepHandler"]
      .map((name) => `${name}Function`)
      .concat(whole);

    it("run on nodejs24.x and arm64 within their limits", () => {
      for (const name of names) {
        const inputs = one("Function", name);
        assert.equal(inputs["runtime"], "nodejs24.x");
        assert.deepEqual(inputs["architectures"], ["arm64"]);
        if (!["StreamFunction", "WholeAccountsHandlerFunction"].includes(name)) {
          assert.ok(Number(inputs["timeout"]) <= 60);
        }
      }
    });

    it("stream to open pages with the least memory, and end a stream before Lambda does", () => {
      const inputs = one("Function", "StreamFunction");
      assert.equal(inputs["memorySize"], 128);
      assert.ok(Number(inputs["timeout"]) * 1000 > stream.followMsMax);
      assert.equal(one("FunctionUrl", "StreamUrl")["invokeMode"], "RESPONSE_STREAM");
      assert.equal(one("FunctionUrl", "ApiUrl")["invokeMode"], "BUFFERED");
    });

    it("get an environment that their own configuration accepts", () => {
      for (const name of names) {
        const { variables } = one("Function", name)["environment"] as { variables: Record<string, string> };
        // Lambda itself adds AWS_REGION, and refuses to have it set.
        assert.equal(variables["AWS_REGION"], undefined);
        const config = parseConfig({ ...variables, AWS_REGION: "eu-west-2" });
        for (const queueName of ["PRIORITY", "STANDARD", "SESSION", "DELIVERY", "DEAD_LETTER"] as const) {
          assert.match(config[`${queueName}_QUEUE_URL`], /^https:\/\/sqs\./);
        }
        assert.equal(publicKeyOf(config.JOB_SIGNING_KEY), deployment.outputs["JOB_PUBLIC_KEYS"]);
        assert.equal(config.EVIDENCE_BUCKET, "evidencebucket");
        assert.equal(config.EVIDENCE_ENDPOINT, undefined);
        assert.equal(config.SESSION_GAP_SECONDS, 45);
        assert.equal(config.CONSOLE_ORIGIN, deployment.outputs["CONSOLE_URL"]);
        assert.ok(config.DATABASE_CONNECTIONS_MAX <= 2, "each instance serves one request at a time");
      }
    });

    it("are bundled from the real sources, and load in the environment that they are given", (t) => {
      assert.equal(deployment.bundles.length, 11);
      for (const { name, bytes, loadMs, handler } of deployment.bundles) {
        t.diagnostic(`${name}: ${Math.round(bytes / 1024)} KiB, loads in ${Math.round(loadMs)} ms`);
        assert.equal(handler, "function", name);
        // Lambda takes 250 MB unpacked; a start stays quick far below that.
        assert.ok(bytes > 10_000 && bytes < 10_000_000, `${name} has ${bytes} bytes`);
      }
    });

    it("bring along what the API's documentation page serves", () => {
      for (const file of ["package.json", "swagger-ui.css", "swagger-ui-bundle.js"]) {
        // A zip archive names its files in the clear.
        assert.ok(deployment.apiArchive.includes(`node_modules/swagger-ui-dist/${file}`), file);
      }
    });

    it("answer no other site: none of them has CORS", () => {
      const urls = deployment.resources.filter((each) => each.type.endsWith(":FunctionUrl"));
      assert.ok(urls.length > 0);
      for (const { name, inputs } of urls) assert.equal(inputs["cors"], undefined, name);
    });

    it("sweep, sign the evidence log and work on whole accounts every minute, and what failed waits for the next", () => {
      for (const name of ["SweepSchedule", "CheckpointSchedule", "WholeAccountsSchedule"]) {
        const schedule = one("Schedule", name);
        assert.equal(schedule["scheduleExpression"], "rate(1 minute)");
        const target = schedule["target"] as { retryPolicy: { maximumRetryAttempts: number } };
        assert.equal(target.retryPolicy.maximumRetryAttempts, 0);
      }
    });
  });

  it("serves console and API from one origin, and keeps no answer of the API in a shared cache", () => {
    assert.ok(deployment.console.files.includes("index.html"));
    const distribution = one("Distribution", "CdnCdnDistribution") as {
      defaultCacheBehavior: { functionAssociations: { eventType: string }[] };
      orderedCacheBehaviors: { pathPattern: string; cachePolicyId: string; functionAssociations: unknown }[];
    };
    const { defaultCacheBehavior, orderedCacheBehaviors } = distribution;
    assert.deepEqual(
      orderedCacheBehaviors.map(({ pathPattern }) => pathPattern),
      paths.apiPaths.map((path) => `${path}/*`),
    );
    for (const { pathPattern, cachePolicyId, functionAssociations } of orderedCacheBehaviors) {
      // AWS's own policy of that name, CachingDisabled: what the API says of caching changes nothing.
      assert.equal(cachePolicyId, "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", pathPattern);
      // The same function finds the origin of a path, so that no path of the API can be answered by the bucket.
      assert.deepEqual(
        functionAssociations,
        defaultCacheBehavior.functionAssociations.filter(({ eventType }) => eventType === "viewer-request"),
      );
    }
    const routed = deployment.resources.map(({ inputs }) => String(inputs["entry"]));
    const apart = [paths.acceptPath, paths.authenticityPath, paths.recordingsPath, paths.streamPath];
    for (const path of [...paths.apiPaths, ...apart]) {
      assert.ok(
        routed.some((entry) => entry.startsWith("url,") && entry.endsWith(`,${path}`)),
        path,
      );
    }
  });

  it("lets the console load from its own site and the bucket alone", () => {
    const [, policy = ""] =
      /<head>\s*<meta http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(deployment.console.page) ??
      [];
    const bucket = "https://evidencebucket.s3.eu-west-2.amazonaws.com";
    assert.match(policy, new RegExp(`img-src 'self' ${bucket};`));
    assert.match(policy, new RegExp(`connect-src 'self' ${bucket};`));
    const sources = policy.split("; ").flatMap((directive) => directive.split(" ").slice(1));
    assert.deepEqual(
      sources.filter((source) => !["'self'", "'none'", bucket].includes(source)),
      [],
    );
    const header = /content-security-policy[^\n]*?value: "([^"]+)"/.exec(
      JSON.stringify(deployment.resources).replaceAll("\\", ""),
    )?.[1];
    assert.match(header ?? "", /frame-ancestors 'none'/);
    assert.doesNotMatch(header ?? "", /https?:|\*/);
  });

  it("tells the operator what a worker needs to know", () => {
    assert.deepEqual(deployment.outputs, {
      CONSOLE_URL: "https://cdncdndistribution.cloudfront.net",
      API_URL: "https://apiurl.lambda-url.eu-west-2.on.aws",
      AWS_REGION: "eu-west-2",
      PRIORITY_QUEUE_URL: "https://sqs.eu-west-2.amazonaws.com/123456789012/PriorityQueue",
      STANDARD_QUEUE_URL: "https://sqs.eu-west-2.amazonaws.com/123456789012/StandardQueue",
      BULK_QUEUE_URL: "https://sqs.eu-west-2.amazonaws.com/123456789012/BulkQueue",
      EVIDENCE_HOST: "https://evidencebucket.s3.eu-west-2.amazonaws.com",
      JOB_PUBLIC_KEYS: deployment.jobPublicKey,
      WORKER_USER: "Worker",
      _protect: false,
    });
  });

  it("wakes somebody when jobs wait, letters die, the API fails, or a sign of life is missing", () => {
    const alarms = deployment.resources.filter((each) => each.type.endsWith(":MetricAlarm"));
    assert.deepEqual(alarms.map((each) => each.name).toSorted(), [
      "AcceptFails",
      "AcceptThrottled",
      "ApiFails",
      "ApiThrottled",
      "DeadLetters",
      "DeliveriesWait",
      "DeliveryDueFails",
      "EvidenceLogFails",
      "PriorityJobsWait",
      "SessionDueFails",
      "SessionsStayOpen",
      "StandardJobsWait",
      "StreamThrottled",
      "SweepStopped",
      "WholeAccountsFails",
      "WorkersSilent",
    ]);
    for (const { name, inputs } of alarms) {
      assert.deepEqual(inputs["alarmActions"], ["arn:aws:sns:eu-west-2:123456789012:Alarms"], name);
      const silent = name === "SweepStopped" || name === "WorkersSilent";
      assert.equal(inputs["treatMissingData"], silent ? "breaching" : "notBreaching", name);
    }
    assert.equal(one("TopicSubscription", "AlarmMail")["endpoint"], "ops@example.com");
  });
});

describe("a wrong environment", { skip }, () => {
  it("stops the deployment with every fault listed", async () => {
    await assert.rejects(
      runUnderMocks({
        stage: "dev",
        environment: { SESSION_GAP_SECONDS: "901", ALARM_EMAIL: "nobody", EVIDENCE_DAYS: "0" },
      }),
      (error: Error) =>
        ["SESSION_GAP_SECONDS", "ALARM_EMAIL", "EVIDENCE_DAYS"].every((each) => error.message.includes(each)),
    );
  });
});
