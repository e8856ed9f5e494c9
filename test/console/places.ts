/** Every page of the console and the states that it has, for whoever looks at all of them: pictures, and a check for accessibility. */
import type { ConsoleApi } from "./api.ts";
import type { WatchedPage } from "./browser.ts";
import * as fixture from "./fixtures.ts";
import { operatorKey } from "./operator-fixtures.ts";
import { comingErasure, writingExport } from "./people-fixtures.ts";
import { runs } from "./run-fixtures.ts";

export type Place = {
  name: string;
  path: string;
  /** Before the page is opened. */
  arrange?: (api: ConsoleApi) => void;
  /** Once it is there: what a reader does, or what is waited for. `say` puts what the console says into the page's language. */
  ready: (page: WatchedPage, say: (english: string) => string) => Promise<unknown>;
};

const heading =
  (name: string): Place["ready"] =>
  (page, say) =>
    page
      .getByRole("heading", { name: say(name) })
      .first()
      .waitFor();
const cards = (page: WatchedPage) => page.locator(".card img[data-state=loaded]").first().waitFor();

export const places: readonly Place[] = [
  { name: "inbox", path: "/", ready: cards },
  {
    name: "inbox-empty",
    path: "/",
    arrange: (api) => void (api.data.digests = []),
    ready: heading("Nothing to tell yet"),
  },
  {
    name: "inbox-no-match",
    path: "/?zone=nowhere",
    ready: heading("No digest is like that"),
  },
  {
    name: "inbox-read",
    path: "/",
    arrange: (api) => void api.data.read.add(fixture.gardenDigest.id),
    ready: cards,
  },
  {
    name: "digest",
    path: `/digests/${fixture.frontDoorDigest.id}`,
    ready: (page) => page.locator(".large-picture-frame img[data-state=loaded]").waitFor(),
  },
  {
    name: "digest-missing",
    path: `/digests/${fixture.id("dig", 99)}`,
    ready: heading("There is no such digest in this account"),
  },
  {
    name: "day",
    path: "/day",
    ready: async (page, say) => {
      await page
        .getByRole("button", { name: say("Events") })
        .first()
        .click();
      await page.getByRole("button", { name: say("This was wrong") }).waitFor();
      await page.getByRole("region", { name: say("Events by the hour") }).waitFor();
    },
  },
  {
    name: "day-empty",
    path: "/day/2026-11-02",
    arrange: (api) => void (api.data.sessions = []),
    ready: heading("Nothing happened"),
  },
  { name: "trends", path: "/trends", ready: heading("Sessions by day and level") },
  {
    name: "settings",
    path: "/settings",
    ready: async (page, say) => {
      await page.getByLabel(say("Let alerts wait in quiet hours")).check();
      await page.getByText(say("Ada")).first().waitFor();
    },
  },
  {
    name: "settings-erasure",
    path: "/settings",
    arrange: (api) => {
      api.data.whole.exports = [writingExport];
      api.data.whole.erasure = comingErasure;
    },
    ready: heading("This account will be erased"),
  },
  { name: "erasure", path: `/erasure#${comingErasure.id}`, ready: heading("The account was erased") },
  { name: "plan", path: "/plan", ready: heading("Pro") },
  { name: "devices", path: "/devices", ready: heading("Devices") },
  { name: "enrol", path: "/enrol", ready: heading("Let a device in") },
  {
    name: "enrol-found",
    path: "/enrol",
    ready: async (page, say) => {
      await page.getByLabel(say("The code that the device shows")).fill("WDJB-MJHT");
      await page.keyboard.press("Enter");
      await page.getByText(say("Porch camera")).first().waitFor();
    },
  },
  {
    name: "told",
    path: "/deliveries",
    ready: async (page, say) => {
      await page
        .getByRole("button", { name: say("What was sent") })
        .first()
        .click();
      await page.getByText(say("vigil.digest.v1")).waitFor();
    },
  },
  { name: "tell-me", path: "/endpoints", ready: heading(fixture.endpoint.name) },
  { name: "gateways", path: "/gateways", ready: heading("Gateways") },
  {
    name: "checks",
    path: "/authenticity",
    ready: async (page, say) => {
      await page.getByLabel(say("The text"), { exact: true }).fill("Words to be checked.");
      await page.getByRole("button", { name: say("Check it") }).click();
      await page.getByRole("heading", { name: say("What can be said of it") }).waitFor();
      await page.getByText(say("says that it was generated")).waitFor();
    },
  },
  { name: "ledger", path: "/ledger", ready: heading("It balances") },
  { name: "runs", path: "/runs", ready: heading("Runs") },
  { name: "run", path: `/runs/${runs[0]?.id}`, ready: heading("Harbour archive") },
  { name: "people", path: "/people", ready: heading("People") },
  { name: "camera", path: "/camera", ready: heading("Use this browser as a camera") },
  {
    name: "scene",
    path: `/cameras/${fixture.id("dev", 2)}`,
    ready: heading("What stands before this camera"),
  },
  {
    name: "scene-masked",
    path: `/cameras/${fixture.id("dev", 2)}`,
    arrange: (api) => {
      const outline: [number, number][] = [
        [0.6, 0],
        [1, 0],
        [1, 0.4],
        [0.6, 0.4],
      ];
      api.data.scene.areas = [{ kind: "mask", outline }];
    },
    ready: heading("Drawn on the picture"),
  },
  { name: "operator-key", path: "/operator", ready: heading("Operator") },
  {
    name: "operator",
    path: "/operator",
    ready: async (page, say) => {
      await page.getByLabel(say("Operator’s key")).fill(operatorKey);
      await page.getByRole("button", { name: say("Sign in") }).click();
      await page
        .getByText(say("All that was accepted is under way or has ended. Nothing is missing."))
        .waitFor();
      await page.getByText(fixture.account.name).waitFor();
    },
  },
  { name: "unknown", path: "/nowhere", ready: heading("There is no such page") },
];
