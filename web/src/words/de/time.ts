import type { say } from "../say-time.ts";

export const time: typeof say = {
  today: "Heute",
  yesterday: "Gestern",
  weekday: (day) => day,
  todayAt: (at) => `heute um ${at}`,
  yesterdayAt: (at) => `gestern um ${at}`,
  tomorrowAt: (at) => `morgen um ${at}`,
  dayAt: (day, at) => `am ${day} um ${at}`,
  onDay: (day) => `am ${day}`,
  justNow: "gerade eben",
  secondsAgo: (count) => `vor ${count} s`,
  minutesAgo: (count) => `vor ${count} min`,
  hoursAgo: (count) => `vor ${count} h`,
  days: (count) => `${count} Tage`,
  timelineUntil: (text, until) => `${text}, bis ${until}`,
};
