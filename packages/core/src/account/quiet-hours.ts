/** Quiet hours as members write them and as minutes of the day. */
import type { QuietHours } from "./wire.ts";

type Minutes = { quietFromMinute: number | null; quietUntilMinute: number | null };

export function toMinutes(hours: QuietHours | null): Minutes {
  return hours === null
    ? { quietFromMinute: null, quietUntilMinute: null }
    : { quietFromMinute: minuteOf(hours.from), quietUntilMinute: minuteOf(hours.until) };
}

export function toQuietHours({ quietFromMinute, quietUntilMinute }: Minutes): QuietHours | null {
  if (quietFromMinute === null || quietUntilMinute === null) return null;
  return { from: clockOf(quietFromMinute), until: clockOf(quietUntilMinute) };
}

/** `07:30` is 450. */
function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

function clockOf(minute: number): string {
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
