import * as z from "zod";

/** What most of a thing's surface is called. */
export const Colour = z
  .enum(["white", "grey", "black", "red", "orange", "yellow", "green", "blue", "brown"])
  .meta({ id: "Colour" });
export type Colour = z.infer<typeof Colour>;
