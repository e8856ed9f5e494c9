/** What a person does at a screen, by what things are called there: with a finger, or by keyboard alone. */
import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import type { WatchedPage } from "../browser.ts";

type Name = string | RegExp;
type Pressed = "button" | "link" | "checkbox" | "radio";

export type Hand = {
  readonly page: WatchedPage;
  /** Presses a button, follows a link, ticks a box. @param within a part of the page; left out: all of it */
  press(role: Pressed, name: Name, within?: Locator): Promise<void>;
  write(label: Name, text: string, within?: Locator): Promise<void>;
  /** Of a list that opens. */
  choose(label: Name, option: string, within?: Locator): Promise<void>;
  /** Waits until the page says so. */
  sees(text: Name, within?: Locator): Promise<void>;
  /** A part of the page with a name. */
  part(name: Name): Locator;
};

type Means = {
  press(target: Locator, role: Pressed): Promise<void>;
  write(target: Locator, text: string): Promise<void>;
  choose(target: Locator, option: string): Promise<void>;
};

function handWith(page: WatchedPage, means: Means): Hand {
  // Names that are given as words are whole names: "Add" is not "Add a passkey".
  const exact = (name: Name) => (typeof name === "string" ? { exact: true } : {});
  return {
    page,
    press: (role, name, within = page.locator("body")) =>
      means.press(within.getByRole(role, { name, ...exact(name) }).first(), role),
    write: (label, text, within = page.locator("body")) =>
      means.write(within.getByLabel(label, exact(label)).first(), text),
    choose: (label, option, within = page.locator("body")) =>
      means.choose(within.getByLabel(label, exact(label)).first(), option),
    sees: (text, within = page.locator("body")) => within.getByText(text).first().waitFor(),
    part: (name) => page.getByRole("region", { name, ...exact(name) }).first(),
  };
}

/** A phone's: it taps, and its lists are the phone's own. */
export function fingerOf(page: WatchedPage): Hand {
  return handWith(page, {
    press: (target) => target.tap(),
    write: (target, text) => target.fill(text),
    async choose(target, option) {
      await target.selectOption(option);
    },
  });
}

/** Runs in the page. */
function hasFocus(element: unknown): boolean {
  const { activeElement } = (element as { ownerDocument: { activeElement: unknown } }).ownerDocument;
  return activeElement === element;
}

/** More stops than any page has. */
const stopsMax = 400;

/** Goes from stop to stop until it is there, as whoever has no pointer does. Fails where the way does not lead there. */
async function reach(page: WatchedPage, target: Locator): Promise<void> {
  await target.waitFor();
  for (let stop = 0; stop < stopsMax; stop += 1) {
    if (await target.evaluate(hasFocus)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`${target.toString()} cannot be reached by keyboard`);
}

export function keyboardOf(page: WatchedPage): Hand {
  return handWith(page, {
    async press(target, role) {
      if (role !== "radio") {
        await reach(page, target);
        return page.keyboard.press(role === "checkbox" ? "Space" : "Enter");
      }
      // A group of these is one stop; arrows go on within it.
      await target.waitFor();
      const group = await target.getAttribute("name");
      await reach(page, page.locator(`input[name="${group}"]:checked`));
      for (let step = 0; step < 10 && !(await target.isChecked()); step += 1) {
        await page.keyboard.press("ArrowDown");
      }
      assert.ok(await target.isChecked());
    },
    async write(target, text) {
      await reach(page, target);
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.type(text);
    },
    async choose(target, option) {
      await reach(page, target);
      await page.keyboard.type(option);
    },
  });
}
