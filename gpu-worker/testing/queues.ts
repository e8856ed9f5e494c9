/** For tests: two real SQS queues with their dead-letter queue, in this process. */
import { sqsQueue } from "@vigil/core/platform/aws";
import type { Queue } from "@vigil/core/platform/queue";
import { type FauxqsServer, startFauxqs } from "fauxqs";

export type TestQueues = {
  endpoint: string;
  priorityUrl: string;
  standardUrl: string;
  bulkUrl: string;
  priority: Queue;
  standard: Queue;
  bulk: Queue;
  server: FauxqsServer;
  /** Messages of a queue, whatever their state. */
  count(name: "priority" | "standard" | "bulk" | "dead-letter"): number;
  close(): Promise<void>;
};

export const queueRegion = "eu-west-2";
export const queueCredentials = { accessKeyId: "test", secretAccessKey: "test" };

export async function startQueues(options: { receivesMax?: number } = {}): Promise<TestQueues> {
  const server = await startFauxqs({ port: 0, logger: false, defaultRegion: queueRegion });
  const endpoint = `http://127.0.0.1:${server.port}`;
  const region = { region: queueRegion };
  const deadLetter = server.createQueue("dead-letter", region);
  const redrive = JSON.stringify({
    deadLetterTargetArn: deadLetter.queueArn,
    maxReceiveCount: options.receivesMax ?? 5,
  });
  const create = (name: string) =>
    server.createQueue(name, { ...region, attributes: { RedrivePolicy: redrive } }).queueUrl;
  const priorityUrl = create("priority");
  const standardUrl = create("standard");
  const bulkUrl = create("bulk");
  const queue = (url: string) =>
    sqsQueue({ url, endpoint, region: queueRegion, credentials: queueCredentials });
  return {
    endpoint,
    priorityUrl,
    standardUrl,
    bulkUrl,
    priority: queue(priorityUrl),
    standard: queue(standardUrl),
    bulk: queue(bulkUrl),
    server,
    count(name) {
      const messages = server.inspectQueue(name)?.messages;
      if (!messages) throw new Error(`no queue ${name}`);
      return messages.ready.length + messages.delayed.length + messages.inflight.length;
    },
    close: () => server.stop(),
  };
}
