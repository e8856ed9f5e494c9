/** What stands around every page. */
import { spoken } from "../words/spoken.ts";

export const say = spoken("shell", {
  starting: "Starting",
  tokenEnded: "The token was not accepted any more. Sign in with a current one.",
  noSuchPage: "There is no such page",
  pageNotLoaded: "This page could not be loaded",
  pageNotLoadedWhy: "Vigil may have been updated, or the network is away.",
  loadAgain: "Load it again",
  skip: "Skip to the content",
  brand: "Vigil, all digests",
  day: "Day",
  trends: "Trends",
  runs: "Runs",
  switchAccount: "Switch",
  people: "People",
  tellMe: "Tell me",
  settings: "Settings",
  away: "Vigil does not answer at the moment. What you see may be old; the console keeps trying.",
});
