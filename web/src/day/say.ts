/** One day, its sessions and their events. */
import { counted } from "../words/counted.ts";
import { spoken } from "../words/spoken.ts";

export const say = spoken("day", {
  calledFalse: (type: string, zone: string | null) =>
    `Called false. Events like it (${type} ${zone === null ? "without a zone" : `at the ${zone}`}) weigh less since.`,
  noted: (type: string, zone: string | null, count: number) =>
    `Noted. Events like it (${type} ${zone === null ? "without a zone" : `at the ${zone}`}) were called false ${counted(count, "time", "times")} and weigh less from now on, within a cap; what may threaten a life always weighs the same.`,
  wrong: "This was wrong",
  days: "Days",
  dayBefore: "Day before",
  dayAfter: "Day after",
  anotherDay: "Another day",
  loadingDay: "Loading the day",
  nothing: "Nothing happened",
  nothingToday: "No device has reported anything today.",
  nothingThen: "No device reported anything on this day.",
  notAllLoaded: (why: string) => `${why} Not all of the day could be loaded.`,
  toTime: (time: string) => `to ${time}`,
  events: "Events",
  firstEvents: (count: number) => `These are the first ${count} events of this session.`,
  mode: (name: string) => `mode ${name}`,
  sessions: "Sessions of the day",
});
