/** The six queues: each there, set as the functions need it, and none named in another's place. */
import { delivery, queue } from "@vigil/core/limits";
import { type QueueSettings, readQueueSettings } from "@vigil/core/platform/aws";
import type { Config } from "../../functions/src/config.ts";
import { type Fault, messageOf } from "./fault.ts";

const names = ["PRIORITY", "STANDARD", "BULK", "SESSION", "DELIVERY", "DEAD_LETTER"] as const;
type Name = (typeof names)[number];

function fault(what: string, next: string): Fault {
  return { area: "queues", what, next };
}

export async function examineQueues(config: Config): Promise<Fault[]> {
  const credentials =
    config.SQS_ACCESS_KEY_ID !== undefined && config.SQS_SECRET_ACCESS_KEY !== undefined
      ? { accessKeyId: config.SQS_ACCESS_KEY_ID, secretAccessKey: config.SQS_SECRET_ACCESS_KEY }
      : undefined;
  const asked = await Promise.all(
    names.map(async (name) => {
      const url = config[`${name}_QUEUE_URL`];
      const options = { url, region: config.AWS_REGION, endpoint: config.SQS_ENDPOINT, credentials };
      return readQueueSettings(options).then(
        (settings) => ({ name, settings, error: undefined }),
        (error: unknown) => ({ name, settings: undefined, error }),
      );
    }),
  );
  const known = new Map<Name, QueueSettings>();
  const faults: Fault[] = [];
  for (const { name, settings, error } of asked) {
    if (settings) known.set(name, settings);
    else {
      faults.push(
        fault(
          `${name}_QUEUE_URL could not be asked: ${messageOf(error)}`,
          "is the address right, in the region of AWS_REGION, and may this key read the queue's attributes?",
        ),
      );
    }
  }
  return [...faults, ...examineSettings(known)];
}

function examineSettings(known: ReadonlyMap<Name, QueueSettings>): Fault[] {
  const dead = known.get("DEAD_LETTER");
  const faults: Fault[] = [];
  const firstOf = new Map<string, Name>();
  for (const [name, settings] of known) {
    const first = firstOf.get(settings.arn);
    if (first) {
      const what = `${first}_QUEUE_URL and ${name}_QUEUE_URL name one queue`;
      faults.push(fault(what, "each has a queue of its own: what one function takes, another never sees"));
    } else firstOf.set(settings.arn, name);
    if (name !== "DEAD_LETTER") faults.push(...examineWork(name, settings, dead));
  }
  const shortest = Math.max(
    0,
    ...[...known].filter(([name]) => name !== "DEAD_LETTER").map(([, one]) => one.retentionSeconds),
  );
  if (dead && dead.retentionSeconds < shortest) {
    faults.push(
      fault(
        `the dead-letter queue forgets after ${dead.retentionSeconds} s, sooner than a queue that it serves`,
        "let it keep messages for 14 days: their age counts from when they were first sent",
      ),
    );
  }
  return faults;
}

function examineWork(name: Name, settings: QueueSettings, dead: QueueSettings | undefined): Fault[] {
  const faults: Fault[] = [];
  const needed = name === "DELIVERY" ? delivery.visibilitySeconds : queue.visibilitySeconds;
  if (settings.visibilitySeconds < needed) {
    faults.push(
      fault(
        `what ${name} gives out comes back after ${settings.visibilitySeconds} s, while it is still worked on`,
        `set its visibility timeout to ${needed} s`,
      ),
    );
  }
  if (!settings.redrive) {
    faults.push(
      fault(
        `${name} has no dead-letter queue: what nobody can finish comes back for ever`,
        `give it a redrive policy to the queue of DEAD_LETTER_QUEUE_URL after ${queue.receivesMax} receives`,
      ),
    );
  } else if (dead && settings.redrive.deadLetterArn !== dead.arn) {
    faults.push(
      fault(
        `what dies in ${name} goes to ${settings.redrive.deadLetterArn}, which nobody reads`,
        `redrive it to ${dead.arn}, the queue of DEAD_LETTER_QUEUE_URL`,
      ),
    );
  }
  return faults;
}
