import type { say } from "../say-time.ts";

export const time: typeof say = {
  today: "Heute",
  yesterday: "Gestern",
  weekday: (day) => day,
  todayAt: (time) => `heute um ${time}`,
  yesterdayAt: (time) => `gestern um ${time}`,
  tomorrowAt: (time) => `morgen um ${time}`,
  dayAt: (day, time) => `am ${day} um ${time}`,
  onDay: (day) => `am ${day}`,
  justNow: "gerade eben",
  secondsAgo: (count) => `vor ${count} s`,
  minutesAgo: (count) => `vor ${count} min`,
  hoursAgo: (count) => `vor ${count} h`,
  days: (count) => `${count} Tage`,
  timelineUntil: (text, until) => `${text}, bis ${until}`,
};
