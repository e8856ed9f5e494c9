/** What detectors call things, as people say it. */

const irregular: Readonly<Record<string, string>> = {
  person: "people",
  mouse: "mice",
  knife: "knives",
  sheep: "sheep",
  skis: "skis",
  scissors: "scissors",
};

const families = {
  person: new Set(["person", "face"]),
  vehicle: new Set(["bicycle", "car", "motorcycle", "airplane", "bus", "train", "truck", "boat"]),
  animal: new Set(["bird", "cat", "dog", "horse", "sheep", "cow", "elephant", "bear", "zebra", "giraffe"]),
} as const;

export type Family = keyof typeof families | "other";

/** Which of the few colours of boxes a label gets. */
export function familyOf(label: string): Family {
  for (const [family, labels] of Object.entries(families) as [keyof typeof families, ReadonlySet<string>][]) {
    if (labels.has(label)) return family;
  }
  return "other";
}

/** `people`, `cars`, `wine glasses`. */
export function plural(label: string): string {
  return irregular[label] ?? (/(?:s|x|z|ch|sh)$/.test(label) ? `${label}es` : `${label}s`);
}

/** `1 person`, `7 people`. */
export function count(label: string, number: number): string {
  return `${number} ${number === 1 ? label : plural(label)}`;
}

/** How often each label occurs, most frequent first. */
export function tally(labels: readonly string[]): [label: string, number: number][] {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1]);
}

/** `2 people, 1 car and 1 dog`. */
export function enumerate(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} and ${parts[parts.length - 1]}`;
}

/** `87 %` of a confidence in 0..1. The space does not break. */
export function percent(fraction: number): string {
  return `${Math.round(fraction * 100)}\u00A0%`;
}

/** `front_door` becomes `front door`. */
export function zone(name: string): string {
  return name.replaceAll(/[_-]+/g, " ");
}

/** A capital letter first. */
export function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
