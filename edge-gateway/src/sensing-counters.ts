/** What sensing counts, and how it is shown. */
import type { ReadingQueue } from "./devices/reading-queue.ts";
import { createTimings } from "./devices/timings.ts";

export type SensingCounters = {
  connections: number;
  refusedConnections: number;
  packets: number;
  frames: number;
  sensorPackets: number;
  malformed: Record<string, number>;
  readings: number;
  droppedReadings: number;
  queuedReadings: number;
  alarms: number;
  /** How long one packet took from its last byte to the end of its judgement, of the latest 1,024 of each. */
  processingMs: Record<"sensor" | "frame", { p50: number; p95: number }>;
};

export type Counts = ReturnType<typeof createCounts>;

export function createCounts() {
  return {
    connections: 0,
    refused: 0,
    packets: 0,
    frames: 0,
    sensors: 0,
    alarms: 0,
    malformed: {} as Record<string, number>,
    timings: { sensor: createTimings(), frame: createTimings() },
  };
}

export function countersOf(
  { refused, packets, frames, sensors, alarms, malformed, timings }: Counts,
  connections: number,
  queue: ReadingQueue,
): SensingCounters {
  return {
    connections,
    refusedConnections: refused,
    packets,
    frames,
    sensorPackets: sensors,
    malformed: { ...malformed },
    readings: queue.pushed,
    droppedReadings: queue.dropped,
    queuedReadings: queue.waiting,
    alarms,
    processingMs: { sensor: timings.sensor.summary(), frame: timings.frame.summary() },
  };
}
