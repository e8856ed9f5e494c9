/** What stands before a camera, and what somebody of the account has drawn on its picture. */
import * as z from "zod";
import { Colour } from "../colour.ts";
import { Box, Picture } from "../digest/wire.ts";
import { Instant } from "../event/wire.ts";
import * as Id from "../id.ts";
import { scene as limits } from "../limits.ts";
import { text } from "../text.ts";

const unit = z.number().min(0).max(1);

export const Point = z
  .tuple([unit, unit])
  .meta({ id: "Point", description: "x and y, as fractions (0..1) of the picture." });
export type Point = z.infer<typeof Point>;

const outline = z.array(Point).min(3).max(limits.pointsMax);

export const SceneArea = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("ignore"), outline }),
    z.strictObject({ kind: z.literal("zone"), outline, zone: text().min(1).max(64) }),
    z.strictObject({ kind: z.literal("mask"), outline }),
  ])
  .meta({
    id: "SceneArea",
    description:
      "Drawn on a picture. `ignore`: things that stand there are not told of; people and animals always are. `zone`: whoever stands there is told of as there. `mask`: it is blackened in every picture that comes from now on, before the picture is kept; nobody ever sees what lies there.",
  });
export type SceneArea = z.infer<typeof SceneArea>;

/** `PUT /v1/devices/{id}/scene/areas` */
export const SceneAreas = z.strictObject({ areas: z.array(SceneArea).max(limits.areasMax) }).meta({
  id: "SceneAreas",
  description: "All areas of a camera: those that are left out are gone.",
  examples: [
    {
      areas: [
        {
          kind: "ignore",
          outline: [
            [0, 0],
            [0.25, 0],
            [0.25, 0.3],
          ],
        },
        {
          kind: "zone",
          zone: "front gate",
          outline: [
            [0.5, 0.6],
            [0.9, 0.6],
            [0.9, 1],
            [0.5, 1],
          ],
        },
      ],
    },
  ],
});
export type SceneAreas = z.infer<typeof SceneAreas>;

const name = text().min(1).max(60);

/** `POST /v1/devices/{id}/scene/objects` */
export const SceneObjectInput = z
  .strictObject({
    box: Box.describe("As drawn on the camera's newest picture"),
    label: text().min(1).max(64).describe("What it is, as detectors name it: a thing or a vehicle"),
    name: name.optional().describe("As you call it"),
  })
  .meta({
    id: "SceneObjectInput",
    description: "This belongs there.",
    examples: [{ box: [0.1, 0.5, 0.3, 0.2], label: "car", name: "my car" }],
  });
export type SceneObjectInput = z.infer<typeof SceneObjectInput>;

/** `PATCH /v1/devices/{id}/scene/objects/{objectId}` */
export const SceneObjectChange = z
  .strictObject({ name: name.nullable().describe("Null takes the name away") })
  .meta({ id: "SceneObjectChange", examples: [{ name: "my car" }] });
export type SceneObjectChange = z.infer<typeof SceneObjectChange>;

export const SceneObjectView = z
  .object({
    id: Id.of("object"),
    label: z.string(),
    name: z.string().nullable(),
    colour: Colour.nullable(),
    box: Box,
    arrivedAt: Instant,
    arrival: z
      .enum(["arrived", "first-seen", "always"])
      .describe(
        "`always`: it was there when the camera was first looked at, or somebody said that it belongs there",
      ),
    lastSeenAt: Instant,
    momentIds: z.array(Id.of("moment")).describe("Pictures that show it: the first, and the latest"),
  })
  .meta({ id: "SceneObject", description: "A thing that stands before a camera." });
export type SceneObjectView = z.infer<typeof SceneObjectView>;

export const SceneView = z
  .object({
    deviceId: Id.of("device"),
    learnedUntil: Instant.nullable().describe("The newest picture that was learned from"),
    picture: Picture.extend({ momentId: Id.of("moment") })
      .nullable()
      .describe("The newest picture that was looked at, to draw on"),
    objects: z.array(SceneObjectView),
    areas: z.array(SceneArea),
  })
  .meta({ id: "Scene", description: "What always stands before a camera." });
export type SceneView = z.infer<typeof SceneView>;

/** `GET /v1/masks` */
export const DeviceMasks = z
  .object({ masks: z.array(z.array(Point)).describe("Outlines on the picture as it is shown") })
  .meta({
    id: "DeviceMasks",
    description: "What a device is to blacken in its pictures before it sends them.",
  });
export type DeviceMasks = z.infer<typeof DeviceMasks>;
