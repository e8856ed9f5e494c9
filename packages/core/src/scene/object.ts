/** A thing that stands before a camera, as it is kept. */
import type { Colour } from "../colour.ts";
import type { Box } from "../digest/wire.ts";
import type { Arrival } from "../standing.ts";

/** How often it was seen in pictures of one light, and missed since it was seen last. */
export type Tally = { seen: number; looked: number; missed: number };
export type Light = "day" | "night";

export type SceneObject = {
  id: string;
  label: string;
  box: Box;
  /** Mean of the detector's confidence, 0..1. */
  confidence: number;
  /** Hashes of its latest looks, and how often it had which colour. */
  hashes: readonly string[];
  colours: Readonly<Partial<Record<Colour, number>>>;
  name: string | null;
  arrivedAt: Date;
  arrival: Arrival;
  /** The review that told of it; null: it was taught. */
  arrivedIn: string | null;
  arrivedMomentId: string | null;
  lastSeenAt: Date;
  lastMomentId: string | null;
  goneAt: Date | null;
  /** The review that tells of its departure; null while it stands, and where nobody is told. */
  goneIn: string | null;
  goneMomentId: string | null;
  tally: Readonly<Record<Light, Tally>>;
  /** The first and the latest moments that show it. */
  evidence: readonly Evidence[];
};
export type Evidence = { momentId: string; at: string };
