/**
 * What can be seen in a text without guessing who wrote it: characters that nobody sees, letters that are not what they look
 * like, and what a writing assistant leaves behind when its answer is copied. Details count, and quote nothing of the text.
 */
import type { Mark } from "./wire.ts";

/** Zero-width and other characters without a shape; joiners between letters of scripts that need them are no such. */
const hidden =
  /[\u034f\u180e\u200b\u2060-\u2064\ufeff\u{e0001}]|(?<=[\x21-\x7e])[\u200c\u200d]|[\u200c\u200d](?=[\x21-\x7e])/gu;
/** Tags, and variation selectors in a row: both can spell any bytes (Unicode 17, 23.9 and 23.4). */
const spelling = /[\u{e0020}-\u{e007e}]{3,}|[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]{3,}/gu;
/** Flags of England, Scotland and Wales are spelt with tags as well. */
const flags = /\u{1f3f4}[\u{e0061}-\u{e007a}]{2,6}\u{e007f}/gu;
const directions = /[\u202a-\u202e\u2066-\u2069]/g;
/** Cyrillic beside Latin, and those letters of Greek that look Latin: others stand in units and formulas (kΩ, μm). */
const mixed =
  /\p{Script=Latin}\p{M}*[\p{Script=Cyrillic}ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοινκρυα]|[\p{Script=Cyrillic}ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοινκρυα]\p{M}*\p{Script=Latin}/gu;

/** By assistant: what its pages put into answers, and nobody types. */
const assistantMarks: readonly { what: string; mark: RegExp }[] = [
  {
    what: "references of ChatGPT",
    mark: /:?contentReference\[oaicite:\d+\]|\boaicite\b|\bturn\d+(?:search|news|view|image|file)\d+\b/g,
  },
  { what: "links that ChatGPT made", mark: /[?&]utm_source=(?:chatgpt\.com|openai)\b/g },
  { what: "references to files of an assistant", mark: /【\d+(?::\d+)?†[^】]{0,80}】/g },
  { what: "references of Grok", mark: /<grok-card\b|\bgrok_card\b|\[grok_render_citation/g },
  { what: "links that Copilot made", mark: /[?&]utm_source=copilot\.com\b/g },
];

const phrases =
  /\b(?:as an? (?:ai|artificial intelligence)(?: language)? (?:model|assistant)\b|as a large language model\b|i(?:'|’)?m (?:sorry, )?(?:but )?i (?:can(?:'|’)?t|cannot) assist with that\b|my (?:knowledge cutoff|last knowledge update|training data)\b)/gi;

export function findTextMarks(text: string): Mark[] {
  const bare = text.replaceAll(flags, "");
  const marks: Mark[] = [];
  const add = (code: Mark["code"], count: number, what: string) => {
    if (count > 0) marks.push({ code, detail: `${what}: ${count}` });
  };
  // A mark of the byte order at the beginning is how some programs save a file.
  add("hidden-characters", countOf(bare.replace(/^\ufeff/, ""), hidden), "characters");
  add("hidden-message", countOf(bare, spelling), "runs of characters");
  add("direction-controls", countOf(bare, directions), "characters");
  add("mixed-alphabets", countOf(bare, mixed), "places");
  for (const { what, mark } of assistantMarks) add("assistant-marks", countOf(bare, mark), what);
  add("assistant-phrase", countOf(bare, phrases), "phrases");
  return marks;
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
