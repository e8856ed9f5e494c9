/** Jobs for workers (`priority`, `standard`, `bulk`), delayed messages that close sessions, deliveries, and what nobody could finish. */
import { delivery as deliveryLimits, queue as limits } from "../packages/core/src/limits.ts";

const deadLetterRetentionSeconds = 14 * 24 * 60 * 60;

export const deadLetter = new sst.aws.Queue("DeadLetter", {
  visibilityTimeout: `${limits.visibilitySeconds} seconds`,
  transform: {
    queue: (args) => {
      args.messageRetentionSeconds = deadLetterRetentionSeconds;
      args.sqsManagedSseEnabled = true;
    },
  },
});

function queueWithRedrive(name: string, visibilitySeconds: number = limits.visibilitySeconds) {
  return new sst.aws.Queue(name, {
    visibilityTimeout: `${visibilitySeconds} seconds`,
    dlq: { queue: deadLetter.arn, retry: limits.receivesMax },
    transform: {
      queue: (args) => {
        args.receiveWaitTimeSeconds = limits.longPollSeconds;
        args.sqsManagedSseEnabled = true;
      },
    },
  });
}

export const priority = queueWithRedrive("Priority");
export const standard = queueWithRedrive("Standard");
/** Chunks of runs: worked when nothing waits in the other two. */
export const bulk = queueWithRedrive("Bulk");
/** Its messages are delayed by the session's gap, at most 900 s, which is what SQS allows. */
export const session = queueWithRedrive("Session");
/** Deliveries that are due, delayed by at most 900 s. */
export const delivery = queueWithRedrive("Delivery", deliveryLimits.visibilitySeconds);

/** Nothing but these queues may put messages there. */
export const deadLetterSources = new aws.sqs.RedriveAllowPolicy("DeadLetterSources", {
  queueUrl: deadLetter.url,
  redriveAllowPolicy: $jsonStringify({
    redrivePermission: "byQueue",
    sourceQueueArns: [priority.arn, standard.arn, bulk.arn, session.arn, delivery.arn],
  }),
});

/** Sending jobs and session messages, and seeing how long the queues are. */
export const sendGrants = [
  {
    actions: ["sqs:SendMessage"],
    resources: [priority.arn, standard.arn, bulk.arn, session.arn, delivery.arn],
  },
  {
    actions: ["sqs:GetQueueAttributes"],
    resources: [priority.arn, standard.arn, bulk.arn, session.arn, delivery.arn, deadLetter.arn],
  },
];
