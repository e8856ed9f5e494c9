/** What stands before a camera, on the console's page: read, drawn, taught and corrected. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { until } from "../scripts/local/until.ts";
import * as fixture from "./console/fixtures.ts";
import { basics, openConsole, signedIn } from "./console/suite.ts";

const page = `/cameras/${fixture.scene.deviceId}${signedIn}`;
const asked = (requests: readonly { method: string; path: string }[], method: string) =>
  requests.filter((request) => request.method === method && request.path.includes("/scene"));

describe("the scene of a camera, in the console", () => {
  const suite = openConsole();
  const { visit } = suite;

  it("is found from the list of devices, and tells what stands there since when", async () => {
    const shown = await visit(`/${signedIn}`);
    await shown.getByRole("link", { name: "Garden camera" }).click();
    await shown.getByRole("heading", { name: "What stands before this camera" }).waitFor();
    await shown.getByText("White truck").waitFor();
    await shown.getByText(/^arrived /).waitFor();
    await shown.getByRole("img", { name: /truck/ }).waitFor();
    assert.deepEqual(await shown.evaluate(basics), []);
  });

  it("takes a box that is dragged over the picture for a corner where things are not told of", async () => {
    const shown = await visit(page);
    const picture = shown.locator(".scene-picture");
    await shown.getByRole("img", { name: /truck/ }).waitFor();
    await picture.scrollIntoViewIfNeeded();
    const place = await picture.boundingBox();
    assert.ok(place);
    await shown.mouse.move(place.x + place.width * 0.1, place.y + place.height * 0.2);
    await shown.mouse.down();
    await shown.mouse.move(place.x + place.width * 0.3, place.y + place.height * 0.6, { steps: 4 });
    await shown.mouse.up();
    await shown.getByRole("button", { name: "Ignore things there" }).click();
    await shown.getByText("Things there are not told of").waitFor();
    const [area] = suite.api.data.scene.areas;
    const corners = (area?.outline ?? []).map((point) => point.map((share) => Math.round(share * 10) / 10));
    assert.deepEqual(corners, [
      [0.1, 0.2],
      [0.3, 0.2],
      [0.3, 0.6],
      [0.1, 0.6],
    ]);
    await shown.getByRole("button", { name: "Remove" }).click();
    await shown.getByText("Draw a box on the picture to begin").waitFor();
    assert.deepEqual(suite.api.data.scene.areas, []);
  });

  it("gets a mask, and says for which pictures it holds", async () => {
    const shown = await visit(page);
    await shown.getByRole("button", { name: "set one by numbers" }).click();
    await shown.getByRole("button", { name: "Blacken it from now on" }).click();
    await shown.getByText("A mask: blackened before a picture is kept").waitFor();
    await shown.getByText(/Those that were kept before show what they showed/).waitFor();
    assert.deepEqual(
      suite.api.data.scene.areas.map(({ kind }) => kind),
      ["mask"],
    );
    assert.deepEqual(await shown.evaluate(basics), []);
    suite.api.data.scene.areas = [];
  });

  it("is taught without a pointer, and corrected", async () => {
    const shown = await visit(page);
    await shown.getByRole("button", { name: "set one by numbers" }).click();
    await shown.getByLabel("Left, %").fill("10");
    await shown.getByLabel("What you call it, or the zone").fill("my car");
    assert.deepEqual(await shown.evaluate(basics), []);
    await shown.getByRole("button", { name: "This belongs there" }).click();
    await shown.getByText("“my car” (white car)").waitFor();
    assert.deepEqual(suite.api.data.scene.objects[1]?.box, [0.1, 0.4, 0.2, 0.2]);
    await shown.getByRole("button", { name: "It does not belong there" }).first().click();
    await shown.getByText("White truck").waitFor({ state: "detached" });
    assert.equal(asked(suite.api.requests, "DELETE").length, 1);
    await shown.getByRole("button", { name: "Name it" }).click();
    await shown.getByLabel("What you call the car").fill("our car");
    await shown.getByRole("button", { name: "Keep the name" }).click();
    const named = () => asked(suite.api.requests, "PATCH");
    await until(() => named()[0], { withinMs: 180_000, because: "the name was not sent" });
    assert.equal(named().length, 1);
  });
});
