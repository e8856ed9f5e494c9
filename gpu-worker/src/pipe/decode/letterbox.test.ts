import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { place, toOriginal } from "./letterbox.ts";

const side = fc.integer({ min: 1, max: 8_000 });
const size = fc.constantFrom(320, 416, 640, 1_280);
const layout = fc.constantFrom("yolov8" as const, "yolox" as const);

describe("letterbox", () => {
  it("puts every image inside the square, touching two opposite edges", () => {
    fc.assert(
      fc.property(side, side, size, layout, (width, height, square, family) => {
        const { letterbox, ...placed } = place(width, height, {
          inputSize: square,
          layout: family,
          rectangular: false,
        });
        assert.ok(letterbox.padX >= 0 && letterbox.padX + placed.width <= square);
        assert.ok(letterbox.padY >= 0 && letterbox.padY + placed.height <= square);
        assert.ok(placed.width === square || placed.height === square);
      }),
    );
  });

  it("cuts a rectangle to the image, in whole cells of 32 and never beyond the square", () => {
    fc.assert(
      fc.property(side, side, size, layout, (width, height, square, family) => {
        const { canvas, letterbox, ...placed } = place(width, height, {
          inputSize: square,
          layout: family,
          rectangular: true,
        });
        for (const [whole, part, before] of [
          [canvas.width, placed.width, letterbox.padX],
          [canvas.height, placed.height, letterbox.padY],
        ] as const) {
          assert.ok(whole % 32 === 0 && whole <= square && whole - part < 32);
          assert.ok(before >= 0 && before + part <= whole);
        }
      }),
    );
    const camera = { inputSize: 640, layout: "yolov8", rectangular: true } as const;
    assert.deepEqual(place(1920, 1080, camera).canvas, { width: 640, height: 384 });
    assert.deepEqual(place(1920, 1080, camera).letterbox, { scale: 1 / 3, padX: 0, padY: 12 });
    assert.deepEqual(place(768, 576, camera).canvas, { width: 640, height: 480 });
  });

  it("centres for yolov8 and keeps to the top left for yolox", () => {
    const yolov8 = { inputSize: 640, layout: "yolov8", rectangular: false } as const;
    assert.deepEqual(place(768, 576, yolov8).letterbox, { scale: 640 / 768, padX: 0, padY: 80 });
    assert.deepEqual(place(300, 600, yolov8).letterbox, { scale: 640 / 600, padX: 160, padY: 0 });
    const yolox = { ...yolov8, layout: "yolox" } as const;
    assert.deepEqual(place(768, 576, yolox).letterbox, { scale: 640 / 768, padX: 0, padY: 0 });
  });

  it("brings a box back to where it was in the original", () => {
    const part = fc.double({ min: 0, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(
        side,
        side,
        size,
        layout,
        part,
        part,
        part,
        part,
        (width, height, square, family, x, y, w, h) => {
          const { letterbox } = place(width, height, {
            inputSize: square,
            layout: family,
            rectangular: false,
          });
          const [left, top, right, bottom] = [x * width, y * height, (x + w) * width, (y + h) * height];
          const box = toOriginal(
            ((left + right) / 2) * letterbox.scale + letterbox.padX,
            ((top + bottom) / 2) * letterbox.scale + letterbox.padY,
            (right - left) * letterbox.scale,
            (bottom - top) * letterbox.scale,
            letterbox,
            { width, height },
          );
          [x, y, w, h].forEach((wanted, index) => {
            assert.ok(
              Math.abs((box[index] ?? Number.NaN) - wanted) < 1e-6,
              `${box.join()} is not ${[x, y, w, h].join()}`,
            );
          });
        },
      ),
    );
  });

  it("cuts a box at the edges of the image", () => {
    const { letterbox } = place(640, 320, { inputSize: 640, layout: "yolov8", rectangular: false });
    assert.deepEqual(toOriginal(0, 160, 200, 100, letterbox, { width: 640, height: 320 }), [
      0,
      0,
      100 / 640,
      50 / 320,
    ]);
  });
});
