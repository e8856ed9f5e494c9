/**
 * From an alarm of sensing to everybody who has to know: judged on the site, told at once, and only then written down and
 * forwarded. What the cloud makes of it later replaces the gateway's own verdict.
 */
import { randomBytes } from "node:crypto";
import type { Assessment } from "@vigil/core/assessment/wire";
import { isLifeSafety } from "@vigil/core/event/wire";
import { rank } from "@vigil/core/level";
import type { Log } from "../log.ts";
import type { Alarm } from "../sensing-words.ts";
import type { NewItem } from "../store/item.ts";
import { type AlarmRecord, clearedRecord, recordOf, titleOf, type Verdict } from "./alarm-record.ts";
import type { AlarmSink, Change } from "./alarm-sink.ts";
import { createJudge } from "./judge.ts";
import { thermalPicture } from "./thermal-picture.ts";
import { toEvent } from "./to-event.ts";

export type Alarms = {
  /** From within the read that brought the evidence; never throws, and waits for nothing. */
  raise(alarm: Alarm): void;
  /** What the cloud says of the event; it replaces what stands. */
  judge(eventId: string, verdict: Verdict): void;
  /** The API has accepted the event, with its own assessment where that can be understood. */
  accepted(clientId: string, event: { id: string; assessment?: Assessment | undefined }): void;
  /** Those that a restart left, oldest first. */
  restore(records: readonly AlarmRecord[]): void;
  /** Newest first. */
  list(): AlarmRecord[];
  count(): number;
};

export type AlarmsOptions = {
  site: string;
  timeZone: string;
  /** The next id, `<site>.<boot>.<sequence>`. */
  nextId: () => string;
  sinks: readonly AlarmSink[];
  log: Log;
  /** Each change of an alarm, after the sinks have been told. */
  onChange: (record: AlarmRecord) => void;
  /** An event to be kept and forwarded. */
  onEvent: (item: NewItem) => void;
  /** An event of ours that the cloud has by now, and the cloud's id of it. */
  onAccepted: (clientId: string, eventId: string) => void;
};

const recordsMax = 500;

/** Ids of one boot: counted, never told by the clock. */
export function createIds(site: string, bootLabel: string): () => string {
  let sequence = 0;
  return () => {
    sequence += 1;
    return `${site}.${bootLabel}.${sequence}`;
  };
}

/** Four random hex digits for a boot's label. */
export const bootSuffix = () => randomBytes(2).toString("hex");

function evidenceOf({ thermal }: Alarm): NewItem["evidence"] {
  if (!thermal) return [];
  return [{ name: "thermal.png", contentType: "image/png", bytes: thermalPicture(thermal.celsius) }];
}

export function createAlarms(options: AlarmsOptions): Alarms {
  const { site, sinks, log } = options;
  const judge = createJudge(options.timeZone);
  /** By episode, in the order of their latest opening. */
  const records = new Map<string, AlarmRecord>();

  function keep(record: AlarmRecord): void {
    records.set(record.episode, record);
    if (records.size > recordsMax) {
      const [oldest] = records.keys();
      if (oldest !== undefined) records.delete(oldest);
    }
    options.onChange(record);
  }

  function tell(record: AlarmRecord, change: Change): void {
    for (const sink of sinks) {
      try {
        sink.tell(record, change);
      } catch (error) {
        log.error({ err: error, sink: sink.name }, "an alarm could not be told");
      }
    }
  }

  function open(alarm: Alarm, before: AlarmRecord | undefined): void {
    const id = options.nextId();
    const heard = toEvent(alarm);
    const assessment = judge.assess(id, alarm.device, heard, new Date(alarm.wallMs));
    const record = recordOf(alarm, { id, site, assessment, before });
    // First the siren, then everything else.
    tell(record, "state");
    keep(record);
    log.warn({ alarm: id, level: record.verdict.level, place: alarm.place }, titleOf(alarm));
    const at = { wallMs: alarm.wallMs, monotonicMs: alarm.monotonicMs };
    options.onEvent({ id, urgent: isLifeSafety(heard), heard, at, evidence: evidenceOf(alarm) });
  }

  function clear(alarm: Alarm, before: AlarmRecord): void {
    const record = clearedRecord(alarm, before);
    tell(record, "state");
    keep(record);
    log.info({ alarm: record.id, place: alarm.place }, "an alarm has cleared");
  }

  const recordOfEvent = (clientId: string) =>
    [...records.values()].findLast(({ events }) => events.includes(clientId));

  function replaceVerdict(clientId: string, verdict: Verdict): void {
    const record = recordOfEvent(clientId);
    if (!record || (record.verdict.by === "digest" && verdict.by !== "digest")) return;
    const changed = { ...record, verdict };
    tell(changed, "verdict");
    keep(changed);
  }

  return {
    raise(alarm) {
      try {
        const before = records.get(alarm.episode);
        if (alarm.state !== "cleared") open(alarm, before);
        else if (before) clear(alarm, before);
      } catch (error) {
        log.fatal({ err: error, episode: alarm.episode }, "an alarm could not be raised");
      }
    },
    judge: replaceVerdict,
    accepted(clientId, event) {
      const record = recordOfEvent(clientId);
      if (!record) return;
      const { assessment } = event;
      if (assessment) {
        // The explainer knows nothing of what the sensors' own rules add up to: only pictures make it less.
        const level =
          rank(assessment.level) >= rank(record.verdict.level) ? assessment.level : record.verdict.level;
        const summary = assessment.summary;
        replaceVerdict(clientId, { by: "cloud", level, title: titleOf(record), summary });
      }
      options.onAccepted(clientId, event.id);
    },
    restore(kept) {
      for (const record of kept) records.set(record.episode, record);
    },
    list: () => [...records.values()].toReversed(),
    count: () => records.size,
  };
}
