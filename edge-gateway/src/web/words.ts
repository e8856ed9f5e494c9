/** How the local page says numbers and times. */

/** "12 s", "4 min", "3 h", "2 days". */
export function span(seconds: number): string {
  if (!Number.isFinite(seconds)) return "never";
  if (seconds < 90) return `${Math.max(0, Math.round(seconds))} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  if (seconds < 36 * 3_600) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

/** "1.2 GB". */
export function size(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  return `${value < 10 && step > 0 ? value.toFixed(1) : Math.round(value)} ${units[step]}`;
}

/** "27 Nov, 14:03:22" in the site's time zone. */
export function moment(at: string | number, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone,
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).format(new Date(at));
}

/** "31.2 °C", "512 ppm", "on". */
export function measure({ value, unit }: { value: number; unit: string }): string {
  if (unit === "on") return value > 0 ? "on" : "off";
  const figure = Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(unit === "score" ? 2 : 1);
  return unit === "score" ? figure : `${figure} ${unit}`;
}
