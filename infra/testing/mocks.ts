/**
 * Test doubles of the cloud, for the real configuration to run against: every resource is recorded with its inputs,
 * and answers with the outputs that AWS would have made up. Runs inside the bundle that `run-under-mocks.ts` makes.
 */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { MockedResource } from "./mocked-resource.ts";

const account = "123456789012";
const region = "eu-west-2";

type Statement = {
  effect?: string;
  actions?: string[];
  resources?: string[];
  principals?: { type: string; identifiers: string[] }[];
  conditions?: { test: string; variable: string; values: string[] }[];
};

/** As the provider does it, as far as this configuration uses it: Terraform's form in, IAM's form out. */
function policyDocument(statements: Statement[]) {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({
      Effect: statement.effect ?? "Allow",
      Action: statement.actions,
      Resource: statement.resources,
      ...(statement.principals
        ? { Principal: Object.fromEntries(statement.principals.map((it) => [it.type, it.identifiers])) }
        : {}),
      ...(statement.conditions
        ? {
            Condition: Object.fromEntries(
              statement.conditions.map((it) => [it.test, { [it.variable]: it.values }]),
            ),
          }
        : {}),
    })),
  });
}

function answerCall({ token, inputs }: { token: string; inputs: Record<string, unknown> }) {
  switch (token) {
    case "aws:iam/getPolicyDocument:getPolicyDocument":
      return { ...inputs, json: policyDocument(inputs["statements"] as Statement[]) };
    case "aws:index/getRegion:getRegion":
      return { region, id: region, name: region };
    case "aws:index/getPartition:getPartition":
      return { partition: "aws", dnsSuffix: "amazonaws.com" };
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return { accountId: account };
    default:
      return inputs;
  }
}

function outputsOf(type: string, name: string): Record<string, unknown> {
  const service = type.split(/[:/]/)[1] ?? "";
  const physical = name.toLowerCase();
  const arn = `arn:aws:${service}:${region}:${account}:${name}`;
  switch (type) {
    case "aws:sqs/queue:Queue":
      return { arn, name, url: `https://sqs.${region}.amazonaws.com/${account}/${name}` };
    case "aws:s3/bucket:Bucket":
      return {
        arn: `arn:aws:s3:::${physical}`,
        bucket: physical,
        bucketDomainName: `${physical}.s3.amazonaws.com`,
        bucketRegionalDomainName: `${physical}.s3.${region}.amazonaws.com`,
      };
    case "aws:lambda/function:Function":
      return { arn: `arn:aws:lambda:${region}:${account}:function:${name}`, name, publish: false };
    case "aws:lambda/functionUrl:FunctionUrl":
      return { functionUrl: `https://${physical}.lambda-url.${region}.on.aws/` };
    case "aws:cloudfront/distribution:Distribution":
      return { arn, domainName: `${physical}.cloudfront.net` };
    case "aws:iam/user:User":
    case "aws:iam/role:Role":
    case "aws:cloudwatch/logGroup:LogGroup":
      return { arn, name };
    default:
      return { arn };
  }
}

/** The console is really built, in the copy of the sources that the run was given. */
async function runLocalCommand(inputs: Record<string, unknown>) {
  try {
    await promisify(execFile)("sh", ["-c", String(inputs["create"])], {
      cwd: String(inputs["dir"]),
      env: { ...process.env, ...(inputs["environment"] as Record<string, string>) },
      timeout: 120_000,
    });
  } catch (error) {
    // Pulumi would wait for ever for a resource whose mock failed.
    process.stderr.write(`${String(inputs["create"])}: ${String(error)}\n`);
    process.exit(1);
  }
}

/** Pulumi wraps what is secret, or came from something secret, in an envelope with this key. */
const secretKey = "4dabf18193072939515e22adb298388d";

function unwrapSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrapSecrets);
  if (typeof value !== "object" || value === null) return value;
  if (secretKey in value && "value" in value) return unwrapSecrets(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unwrapSecrets(inner)]));
}

/** Installs the doubles and answers the list that fills as resources are made. */
export async function installMocks(): Promise<MockedResource[]> {
  const resources: MockedResource[] = [];
  await $util.runtime.setMocks(
    {
      call: answerCall,
      async newResource({ type, name, inputs }) {
        resources.push({ type, name, inputs: unwrapSecrets(inputs) as MockedResource["inputs"] });
        if (type === "command:local:Command") await runLocalCommand(inputs);
        return { id: `${name}-id`, state: { ...inputs, ...outputsOf(type, name) } };
      },
    },
    $app.name,
    $app.stage,
    false,
  );
  return resources;
}
