/** A run of pictures, as the API would answer of it. */
import type { GroupDecision, ItemView, RunView } from "@vigil/core/run/wire";
import { present } from "./fixtures.ts";

export const runId = `run_${"0".repeat(31)}1`;
export const runs: RunView[] = [
  {
    id: runId,
    source: "Harbour archive",
    state: "review",
    isPaused: false,
    model: { name: "yolov8n", sha256: "0".repeat(64) },
    accepted: 200,
    open: 0,
    ends: { inspected: 150, reused: 47, asked: 0, unreadable: 2, refused: 0, dead: 1 },
    comparedBy: "hashes",
    createdAt: present.toISOString(),
    rules: null,
    zone: null,
    questions: null,
    manifestVersion: null,
  },
];

const runItem = (no: number, group: number | null): ItemView => ({
  no,
  name: `quay/${no}.jpg`,
  sha256: "0".repeat(64),
  end: "inspected",
  group,
  reason: null,
  declared: null,
  margin: null,
  detections: [],
  picture: { url: "http://127.0.0.1:1/", expiresAt: present.toISOString() },
});
export const runItems: ItemView[] = [runItem(4, 4), runItem(9, 4), runItem(31, 4), runItem(77, null)];

/** Takes items apart, or puts them together, as the API would: by their groups. */
export function decide(all: ItemView[], { verdict, items }: GroupDecision): undefined {
  const named = all.filter(({ no }) => items.includes(no));
  const groups = new Set(named.flatMap(({ group }) => group ?? []));
  const ofThem = ({ group }: ItemView) => group !== null && groups.has(group);
  const moved = verdict === "split" ? named : all.filter((item) => named.includes(item) || ofThem(item));
  const first = Math.min(...moved.map(({ no }) => no));
  for (const item of moved) item.group = moved.length > 1 ? first : null;
}
