/**
 * One cold start, in a process that has loaded nothing else: loads a bundle and has it answer one request, as Lambda's runtime
 * calls it, and writes what that took.
 *
 *   node wake.ts bundle.mjs < request.json
 */
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import type { LambdaFunctionURLEvent } from "aws-lambda";

type Answer = { statusCode: number; body: string };
type Bundle = { handler: (event: LambdaFunctionURLEvent, context: object) => Promise<Answer> };

const request = JSON.parse(await text(process.stdin)) as LambdaFunctionURLEvent;
const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const began = { at: performance.now(), cpu: cpuMs() };
const { handler } = (await import(pathToFileURL(process.argv[2] ?? "").href)) as Bundle;
const loaded = performance.now();
const { statusCode, body } = await handler(request, {});
const woken = {
  loadMs: loaded - began.at,
  answerMs: performance.now() - loaded,
  cpuMs: cpuMs() - began.cpu,
  status: statusCode,
  body,
};
process.stdout.write(JSON.stringify(woken), () => process.exit(0));
