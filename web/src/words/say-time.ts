/** What is said of times. */
import { spoken } from "./spoken.ts";

export const say = spoken("time", {
  today: "Today",
  yesterday: "Yesterday",
  /** Versions of the locale's data differ in whether a comma follows the weekday. */
  weekday: (day: string) => day.replace(",", ""),
  todayAt: (time: string) => `today at ${time}`,
  yesterdayAt: (time: string) => `yesterday at ${time}`,
  tomorrowAt: (time: string) => `tomorrow at ${time}`,
  dayAt: (day: string, time: string) => `${day} at ${time}`,
  /** What stands behind a verb: `heard Friday 20 November`. */
  onDay: (day: string) => day,
  justNow: "just now",
  secondsAgo: (count: number) => `${count} s ago`,
  minutesAgo: (count: number) => `${count} min ago`,
  hoursAgo: (count: number) => `${count} h ago`,
  days: (count: number) => `${count} days`,
  timelineUntil: (text: string, until: string) => `${text}, until ${until}`,
});
