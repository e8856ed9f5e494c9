/** What wakes an operator. Each alarm says in its description what to look at first. */
import { accept, api, stream } from "./api.ts";
import { config } from "./config.ts";
import { checkpoint, sweep, wholeAccounts } from "./cron.ts";
import { deadLetter, delivery, priority, session, standard } from "./queue.ts";
import { deliveryDue, sessionDue } from "./subscriber.ts";

export const topic = new aws.sns.Topic("Alarms");

export const mail = config.ALARM_EMAIL
  ? new aws.sns.TopicSubscription("AlarmMail", {
      topic: topic.arn,
      protocol: "email",
      endpoint: config.ALARM_EMAIL,
    })
  : undefined;

function queueMetric(queue: sst.aws.Queue, metricName: string) {
  return {
    namespace: "AWS/SQS",
    metricName,
    dimensions: { QueueName: queue.nodes.queue.name },
    statistic: "Maximum",
  };
}

function functionMetric(name: $util.Input<string>, metricName: string) {
  return { namespace: "AWS/Lambda", metricName, dimensions: { FunctionName: name }, statistic: "Sum" };
}

const notify = { alarmActions: [topic.arn], okActions: [topic.arn] };

/** Fires when the metric was at or above `threshold` in each of the last `minutes` minutes. */
function alarmAbove(
  name: string,
  metric: Partial<aws.cloudwatch.MetricAlarmArgs>,
  { threshold, minutes, description }: { threshold: number; minutes: number; description: string },
) {
  return new aws.cloudwatch.MetricAlarm(name, {
    alarmDescription: description,
    ...metric,
    period: 60,
    evaluationPeriods: minutes,
    threshold,
    comparisonOperator: "GreaterThanOrEqualToThreshold",
    treatMissingData: "notBreaching",
    ...notify,
  });
}

/** Fires when a sign of life was missing for five minutes. A metric that is not reported at all is no sign of life. */
function alarmSilent(name: string, sign: Partial<aws.cloudwatch.MetricAlarmArgs>, description: string) {
  return new aws.cloudwatch.MetricAlarm(name, {
    alarmDescription: description,
    ...sign,
    evaluationPeriods: 5,
    threshold: 1,
    comparisonOperator: "LessThanThreshold",
    treatMissingData: "breaching",
    ...notify,
  });
}

function receives(id: string, queue: sst.aws.Queue, metricName: string) {
  const { namespace, dimensions } = queueMetric(queue, metricName);
  return { id, metric: { namespace, metricName, dimensions, stat: "Sum", period: 60 } };
}

/** A live worker long-polls, so each poll shows as a receive, empty or not, whether or not anything waits. */
const pollsPerMinute = {
  metricQueries: [
    receives("a", priority, "NumberOfEmptyReceives"),
    receives("b", priority, "NumberOfMessagesReceived"),
    receives("c", standard, "NumberOfEmptyReceives"),
    receives("d", standard, "NumberOfMessagesReceived"),
    {
      id: "polls",
      label: "polls per minute",
      expression: "FILL(a, 0) + FILL(b, 0) + FILL(c, 0) + FILL(d, 0)",
      returnData: true,
    },
  ],
};

export const alarms = [
  alarmAbove("PriorityJobsWait", queueMetric(priority, "ApproximateAgeOfOldestMessage"), {
    threshold: 120,
    minutes: 3,
    description: "A priority job has waited two minutes. Are workers running, and fast enough?",
  }),
  alarmAbove("StandardJobsWait", queueMetric(standard, "ApproximateAgeOfOldestMessage"), {
    threshold: 900,
    minutes: 5,
    description: "A standard job has waited a quarter of an hour. Are workers running, and fast enough?",
  }),
  // The age counts from sending, so the longest delay of 900 s is no fault.
  alarmAbove("SessionsStayOpen", queueMetric(session, "ApproximateAgeOfOldestMessage"), {
    threshold: 1200,
    minutes: 5,
    description: "Sessions are not being closed. Look at the log of the session-due function.",
  }),
  alarmAbove("DeliveriesWait", queueMetric(delivery, "ApproximateAgeOfOldestMessage"), {
    threshold: 1200,
    minutes: 5,
    description: "Deliveries are not attempted. Look at the log of the delivery-due function.",
  }),
  alarmAbove(
    "DeadLetters",
    { ...queueMetric(deadLetter, "NumberOfMessagesReceived"), statistic: "Sum" },
    {
      threshold: 1,
      minutes: 1,
      description:
        "A review has failed for good. GET /operator/v1/dead-letters says which and why; redrive what can succeed now.",
    },
  ),
  alarmAbove("ApiFails", functionMetric(api.name, "Url5xxCount"), {
    threshold: 5,
    minutes: 3,
    description: "The API answers 5xx. Look at its log, then at the database.",
  }),
  alarmAbove("ApiThrottled", functionMetric(api.name, "Throttles"), {
    threshold: 1,
    minutes: 3,
    description:
      "More requests at once than the API may serve. Raise its concurrency, or find who is calling.",
  }),
  alarmAbove("AcceptFails", functionMetric(accept.name, "Url5xxCount"), {
    threshold: 5,
    minutes: 3,
    description:
      "Events are answered with 5xx. Look at the log of the function Accept, then at the database.",
  }),
  alarmAbove("AcceptThrottled", functionMetric(accept.name, "Throttles"), {
    threshold: 1,
    minutes: 3,
    description: "More events at once than may be taken. Raise its concurrency, or find who is sending.",
  }),
  alarmAbove("StreamThrottled", functionMetric(stream.name, "Throttles"), {
    threshold: 10,
    minutes: 15,
    description:
      "More pages are open than may follow the stream: the others ask every some seconds instead. Raise STREAM_CONCURRENCY_MAX.",
  }),
  alarmAbove("SessionDueFails", functionMetric(sessionDue.nodes.function.name, "Errors"), {
    threshold: 1,
    minutes: 5,
    description: "The function that closes sessions fails. Look at its log.",
  }),
  alarmAbove("DeliveryDueFails", functionMetric(deliveryDue.nodes.function.name, "Errors"), {
    threshold: 1,
    minutes: 5,
    description: "The function that tells endpoints fails. Look at its log.",
  }),
  alarmAbove("EvidenceLogFails", functionMetric(checkpoint.nodes.function.name, "Errors"), {
    threshold: 2,
    minutes: 5,
    description:
      "Nothing is appended to the evidence log. Its function's log says why; when the log is not what was signed, see docs/custody.md.",
  }),
  alarmAbove("WholeAccountsFails", functionMetric(wholeAccounts.nodes.function.name, "Errors"), {
    threshold: 2,
    minutes: 15,
    description: "Exports and erasures of accounts stand still. Look at the log of their function.",
  }),
  alarmSilent(
    "WorkersSilent",
    pollsPerMinute,
    "No worker has asked for a job for five minutes. Look at the workers' own logs and their key.",
  ),
  alarmSilent(
    "SweepStopped",
    { ...functionMetric(sweep.nodes.function.name, "Invocations"), period: 60 },
    "The sweep has not run for five minutes: the outbox and overdue sessions stand still.",
  ),
];
