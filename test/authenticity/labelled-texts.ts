/**
 * Texts of known origin, as the data of fast-detect-gpt has them (https://github.com/baoguangsheng/fast-detect-gpt):
 * `NAME-DOMAIN-GENERATOR.json.gz` with `original`, written by people, and `sampled`, generated from the beginning of each.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { hashOf, tokensOf } from "../../packages/core/src/check/text/features.ts";

export type Labelled = {
  text: string;
  sha256: string;
  domain: string;
  /** Null: people wrote it. */
  generator: string | null;
  /** What it begins with: texts of one prompt are learned from together, or measured together. */
  prompt: string;
};

const promptTokens = 12;

/** Those that people wrote once a prompt: the data has each several times, cut at other ends. */
export function readLabelled(folder: string): Labelled[] {
  const texts = new Map<string, Labelled>();
  const prompts = new Set<string>();
  for (const file of readdirSync(folder).toSorted()) {
    const [, domain, generator] = /^[^-]+-([^-]+)-(.+)\.json\.gz$/.exec(file) ?? [];
    if (domain === undefined || generator === undefined) continue;
    const { original, sampled } = JSON.parse(
      gunzipSync(readFileSync(join(folder, file))).toString("utf8"),
    ) as {
      original: string[];
      sampled: string[];
    };
    for (const [index, text] of original.entries()) {
      const prompt = `${domain}: ${tokensOf(text).slice(0, promptTokens).join(" ")}`;
      if (!prompts.has(prompt)) {
        prompts.add(prompt);
        add(texts, { text, domain, generator: null, prompt });
      }
      add(texts, { text: sampled[index] ?? "", domain, generator, prompt });
    }
  }
  return [...texts.values()];
}

function add(texts: Map<string, Labelled>, one: Omit<Labelled, "sha256">): void {
  const sha256 = createHash("sha256").update(one.text).digest("hex");
  texts.set(sha256, { ...one, sha256 });
}

export function foldOf({ prompt }: Pick<Labelled, "prompt">, folds: number, seed: number): number {
  return hashOf(prompt, seed) % folds;
}
