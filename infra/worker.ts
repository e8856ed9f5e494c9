/**
 * The worker runs on the operator's own machines and needs one thing of AWS: to take jobs off three queues. It cannot
 * send, and it holds no storage credentials: images come through URLs that the API signs.
 */

import { apiUrl } from "./api.ts";
import { publicKeys } from "./job-signing.ts";
import { bulk, priority, standard } from "./queue.ts";
import { storage } from "./storage.ts";

export const policy = new aws.iam.Policy("WorkerPolicy", {
  description: "Take jobs off Vigil's three job queues",
  policy: aws.iam.getPolicyDocumentOutput({
    statements: [
      {
        effect: "Allow",
        actions: [
          "sqs:ReceiveMessage",
          "sqs:DeleteMessage",
          "sqs:ChangeMessageVisibility",
          "sqs:GetQueueAttributes",
        ],
        resources: [priority.arn, standard.arn, bulk.arn],
        conditions: [{ test: "Bool", variable: "aws:SecureTransport", values: ["true"] }],
      },
    ],
  }).json,
});

/** Its access key is made by the operator (docs/deploy.md), so that it never stands in the deployment's state. */
export const user = new aws.iam.User("Worker", { path: "/vigil/" });

export const attachment = new aws.iam.UserPolicyAttachment("WorkerMayTakeJobs", {
  user: user.name,
  policyArn: policy.arn,
});

/** What the worker's environment needs to know of this deployment; its secrets are added by hand. */
export const environment = {
  API_URL: apiUrl,
  AWS_REGION: aws.getRegionOutput().region,
  PRIORITY_QUEUE_URL: priority.url,
  STANDARD_QUEUE_URL: standard.url,
  BULK_QUEUE_URL: bulk.url,
  EVIDENCE_HOST: storage.origin,
  JOB_PUBLIC_KEYS: publicKeys,
};
