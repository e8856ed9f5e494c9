/**
 * One cold start, in a process that has loaded nothing else: loads a bundle and has it answer one request, as Lambda's runtime
 * calls it, and writes what that took.
 *
 *   node wake.ts bundle.mjs < request.json
 */
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import type { LambdaFunctionURLEvent } from "aws-lambda";
import { callStreaming, offerStreams, type StreamingHandler } from "../../testing/lambda-streams.ts";

type Answer = { statusCode: number; body: string };
type Bundle = { handler: StreamingHandler | ((event: object, context: object) => Promise<Answer>) };

const request = JSON.parse(await text(process.stdin)) as LambdaFunctionURLEvent;
offerStreams();
/** What streams has answered once its first bytes are there. */
async function answerOf(handler: Bundle["handler"]): Promise<Answer> {
  if (handler.length < 3) return (handler as Exclude<Bundle["handler"], StreamingHandler>)(request, {});
  const { statusCode, body } = await callStreaming(handler as StreamingHandler, request);
  const [bytes] = (await once(body, "data")) as [Buffer];
  return { statusCode, body: bytes.toString() };
}
const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const began = { at: performance.now(), cpu: cpuMs() };
const { handler } = (await import(pathToFileURL(process.argv[2] ?? "").href)) as Bundle;
const loaded = performance.now();
const { statusCode, body } = await answerOf(handler);
const woken = {
  loadMs: loaded - began.at,
  answerMs: performance.now() - loaded,
  cpuMs: cpuMs() - began.cpu,
  peakMb: process.resourceUsage().maxRSS / 1024,
  status: statusCode,
  body,
};
process.stdout.write(JSON.stringify(woken), () => process.exit(0));
