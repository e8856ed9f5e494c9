/**
 * How long it takes to answer the questions of a run by keyboard in the console, on the real API, a real PostgreSQL and the local
 * object store: each picture is shown before its key is pressed. Who answers knows the truth, and answers what comes twice the same.
 *
 *   npm run questions:answer -- --count 300
 */
import "../../scripts/help.ts";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { getRun } from "@vigil/core/flow";
import { RunRules } from "@vigil/core/question/wire";
import { contentKeyOf } from "@vigil/core/run";
import type { ItemInput } from "@vigil/core/run/wire";
import { type ServedApi, serveApi } from "../../functions/testing/served-api.ts";
import { onDatabase } from "../../packages/core/bench/on-database.ts";
import { importer, lookAt, workAll } from "../../packages/core/testing/runs.ts";
import { createTestServices } from "../../packages/core/testing/services.ts";
import { launchBrowser, openPage, type WatchedPage } from "../console/browser.ts";
import { drawPicture } from "../console/draw-picture.ts";
import { buildConsole, serveBuilt } from "../console/site.ts";
import { untilShown } from "../console/watch-questions.ts";

const { values } = parseArgs({ options: { count: { type: "string", default: "300" } } });
const count = Number(values.count);
if (!Number.isInteger(count) || count < 1 || count > 5_000) {
  throw new Error(`expected --count from 1 to 5000, got ${values.count}`);
}
const rules = RunRules.parse({ rules: [{ kind: "requires", label: "person", confidenceMin: 0.5 }] });
/** So many that the questions are 15 % of them. */
const itemCount = Math.ceil(count / 0.15);
const say = (line: string) => process.stdout.write(`${line}\n`);
/** Every other picture that is asked about shows somebody. */
const showsPerson = (no: number) => no % 2 === 0;

/** The first `count` are near to the boundary; the others are one picture, of which the model is sure. */
async function draw(no: number): Promise<Buffer> {
  const label = no < count && !showsPerson(no) ? "car" : "person";
  const box: [number, number, number, number] = [0.05 + (no % 50) / 70, 0.3 + (no % 7) / 40, 0.1, 0.4];
  return (await drawPicture([{ label, confidence: 1, box }])).bytes;
}

/** A run that waits for people. @returns its id */
async function plant(served: ServedApi): Promise<{ id: string; read: () => ReturnType<typeof getRun> }> {
  const services = { ...createTestServices(served.base), blobs: served.blobs };
  const own = importer(served.base, services);
  const { accountId } = own;
  const { id } = await own.open("pictures to be asked about", { rules });
  const far = await draw(count);
  for (let from = 0; from < itemCount; from += 256) {
    const items: ItemInput[] = [];
    for (let no = from; no < Math.min(from + 256, itemCount); no += 1) {
      const body = no < count ? await draw(no) : far;
      const sha256 = createHash("sha256").update(body).digest("hex");
      const contentType = "image/jpeg";
      const key = contentKeyOf(accountId, sha256);
      if (no <= count) await served.blobs.put({ key, body, contentType, sha256 });
      items.push({ no, name: `${no}.jpg`, sha256, bytes: body.byteLength, contentType });
    }
    assert.deepEqual((await own.name(id, items)).missing, []);
  }
  await own.move(id, "finish-listing");
  await workAll(services, (item) => ({
    ...lookAt(item),
    detections: [
      {
        label: "person",
        confidence: item.no < count ? 0.45 + (item.no % 11) / 100 : 0.95,
        box: [0, 0, 0.1, 0.4],
      },
    ],
  }));
  return { id, read: () => getRun(services, { accountId, id }) };
}

/** One key a question, each once its picture is to be seen. @returns how many keys were pressed */
async function answerAll(page: WatchedPage, open: number): Promise<number> {
  for (let pressed = 0; pressed < open; pressed += 1) {
    await untilShown(page);
    const name = await page.locator('[data-shown="true"]').getAttribute("alt");
    await page.keyboard.press(showsPerson(Number.parseInt(name ?? "", 10)) ? "y" : "n");
    await page.getByText(`${pressed + 1} of ${open} answered`).waitFor();
  }
  await page.getByText("There is nothing to answer.").waitFor();
  return open;
}

await onDatabase(undefined, async () => {
  const folder = await mkdtemp(join(tmpdir(), "vigil-questions-"));
  const served = await serveApi();
  const [browser] = await Promise.all([launchBrowser(), buildConsole(folder)]);
  const site = await serveBuilt(folder, served.url, served.objects.url);
  try {
    const { id, read } = await plant(served);
    const { questions } = await read();
    assert.ok(questions);
    say(`${itemCount} items, ${questions.asked} asked, ${questions.twice.asked} of them twice`);
    const token = served.base.seeded.accounts.find(({ tier }) => tier === "pro")?.memberToken ?? "";
    const page = await openPage(browser);
    await page.goto(`${site.url}/questions/${id}#token=${token}`);
    await page.locator(".question-asked").waitFor();
    const start = performance.now();
    const pressed = await answerAll(page, questions.open);
    const seconds = (performance.now() - start) / 1_000;
    say(
      `${pressed} answers by keyboard in ${seconds.toFixed(1)} s, ${((seconds / pressed) * 1_000).toFixed(0)} ms each`,
    );
    const after = await read();
    assert.deepEqual([after.questions?.open, after.questions?.answered], [0, pressed]);
    assert.equal(after.questions?.twice.asked, Math.ceil(questions.asked / 20));
    const { twice } = after.questions;
    say(`${twice.agreed} of ${twice.answered} asked twice agree (95 %: ${twice.low} to ${twice.high})`);
    await page.getByText(/were answered the same/).waitFor();
    for (const fault of page.faults) say(`fault: ${fault}`);
  } finally {
    await browser.close();
    await site.stop();
    await served.close();
    await rm(folder, { recursive: true, force: true });
  }
});
