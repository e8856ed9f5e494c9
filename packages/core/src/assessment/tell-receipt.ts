/** What the receipt of an event says of it: that it came late, or that its device's clock is wrong. Never a weight. */
import { session as limits } from "../limits.ts";
import type { Assessment, Reason } from "./wire.ts";

export type Receipt = {
  eventId: string;
  reportedAt: Date;
  occurredAt: Date;
  receivedAt: Date;
  /** False where the time is that of its receipt, because the device's own is impossible. */
  believed: boolean;
};

/** Whether it came too late to ring for: it is told, and nobody is woken. */
export function isLate({ occurredAt, receivedAt }: Pick<Receipt, "occurredAt" | "receivedAt">): boolean {
  return receivedAt.getTime() - occurredAt.getTime() > limits.lateMsMin;
}

/** The assessment of an event, and what there is to say of when it came. */
export function tellReceipt(assessment: Assessment, receipt: Receipt): Assessment {
  const reasons = [clockReason(receipt), lateReason([receipt])].filter((reason) => reason !== undefined);
  return reasons.length === 0 ? assessment : withLateness(assessment, reasons, isLate(receipt));
}

/** The assessment of a session, of which nothing rings when all of it came late. */
export function tellLateness(
  assessment: Assessment,
  receipts: readonly Omit<Receipt, "believed" | "reportedAt">[],
): Assessment {
  const late = receipts.filter(isLate);
  const reason = lateReason(late);
  return reason ? withLateness(assessment, [reason], late.length === receipts.length) : assessment;
}

function withLateness(assessment: Assessment, told: readonly Reason[], late: boolean): Assessment {
  const reasons = [...assessment.reasons, ...told];
  if (!late) return { ...assessment, reasons };
  return { ...assessment, reasons, tone: "calm", recommendation: lateAdvice(assessment) };
}

function lateAdvice({ level, lifeSafety }: Assessment): string {
  if (lifeSafety) return "It is past: check that everybody and everything is safe.";
  return level === "low" ? "Nothing needs doing." : "It is past: have a look at it when you can.";
}

function lateReason(receipts: readonly Pick<Receipt, "eventId" | "occurredAt" | "receivedAt">[]) {
  const late = receipts.filter(isLate);
  if (late.length === 0) return undefined;
  const most = Math.max(...late.map((one) => one.receivedAt.getTime() - one.occurredAt.getTime()));
  return toReason(
    "late",
    `It was received ${duration(most)} late.`,
    late.map((one) => one.eventId),
  );
}

function clockReason({ believed, eventId, reportedAt, occurredAt, receivedAt }: Receipt): Reason | undefined {
  if (!believed) {
    const said = reportedAt.toISOString().slice(0, 16).replace("T", " ");
    const text = `The device's clock is wrong (${said} UTC), so the time is that of its receipt.`;
    return toReason("clock-impossible", text, [eventId]);
  }
  const offMs = reportedAt.getTime() - occurredAt.getTime();
  if (Math.abs(offMs) < limits.clockOffMsMin) return undefined;
  // Corrected to its receipt at the latest: a clock ahead is off by what it says beyond that.
  const off = duration(Math.abs(offMs || reportedAt.getTime() - receivedAt.getTime()));
  const text = `The device's clock is ${off} ${offMs > 0 ? "ahead" : "behind"}; the time is corrected.`;
  return toReason("clock-corrected", text, [eventId]);
}

function toReason(code: string, text: string, eventIds: readonly string[]): Reason {
  return { code, text, weight: 0, eventIds: eventIds.slice(0, 40) };
}

const units = [
  { name: "year", ms: 365.25 * 86_400_000 },
  { name: "day", ms: 86_400_000 },
  { name: "hour", ms: 3_600_000 },
  { name: "minute", ms: 60_000 },
] as const;

/** `47 minutes`, `13 hours`, `20 years`: in the largest unit of which there are two or more, rounded. */
export function duration(ms: number): string {
  const unit = units.find((candidate) => ms >= 1.5 * candidate.ms) ?? units[units.length - 1];
  const count = Math.max(1, Math.round(ms / (unit?.ms ?? 60_000)));
  return `${count} ${unit?.name ?? "minute"}${count === 1 ? "" : "s"}`;
}
