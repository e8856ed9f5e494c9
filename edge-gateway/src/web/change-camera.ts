/** What a person may change of a camera from the local page: where motion counts, drawn on its picture. */
import * as z from "zod";
import { type Areas, Areas as AreasSchema } from "../cameras/drawn-areas.ts";
import type { Cameras } from "../cameras/index.ts";

/** Corners as the page sends them. Throws a RangeError with words for the person. */
export function readCorners(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new RangeError("expected corners, as [[0.1,0.2],[0.9,0.2],[0.5,0.8]]");
  }
}

const corners = z
  .string()
  .max(4_000)
  .transform((text, context) => {
    try {
      return readCorners(text);
    } catch (error) {
      context.addIssue({ code: "custom", message: error instanceof Error ? error.message : String(error) });
      return z.NEVER;
    }
  });
const DrawForm = z.discriminatedUnion("draw", [
  z.object({ draw: z.literal("zone"), name: z.string(), polygon: corners }),
  z.object({ draw: z.literal("mask"), polygon: corners }),
  z.object({
    draw: z.literal("remove"),
    what: z.enum(["zones", "masks"]),
    index: z.coerce.number().int().min(0),
  }),
]);
type DrawForm = z.infer<typeof DrawForm>;

function changed({ zones, masks }: Areas, asked: DrawForm): unknown {
  if (asked.draw === "zone") {
    return { zones: [...zones, { name: asked.name, polygon: asked.polygon }], masks };
  }
  if (asked.draw === "mask") return { zones, masks: [...masks, asked.polygon] };
  const areas = { zones: [...zones], masks: [...masks] };
  areas[asked.what].splice(asked.index, 1);
  return areas;
}

/**
 * Resolves when what was drawn is kept for good.
 *
 * @throws words for the person, `NotKept` among them; a RangeError when there is no such camera
 */
export async function changeCamera(
  cameras: Pick<Cameras, "list" | "draw">,
  { camera, form }: { camera: string; form: Record<string, string> },
): Promise<void> {
  const found = cameras.list().find(({ name }) => name === camera);
  if (!found) throw new RangeError(`there is no camera ${camera}`);
  const asked = DrawForm.safeParse(form);
  const areas = asked.success ? AreasSchema.safeParse(changed(found, asked.data)) : asked;
  if (!areas.success) throw new RangeError(areas.error.issues.map(({ message }) => message).join("; "));
  await cameras.draw(camera, areas.data);
}
