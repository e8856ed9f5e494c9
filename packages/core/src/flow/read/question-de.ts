/**
 * A question in German words, in the English ones that `search/` reads: days and hours, what detectors name, colours. What it does not
 * know stays, such as the names of places, which the reader knows in German too. Pure.
 */
import * as Digest from "../../digest/index.ts";

export type QuestionDe = {
  question: string;
  /** By an English word that was put in, the one that was asked with. */
  asked: ReadonlyMap<string, string>;
};

const weekdays: Readonly<Record<string, string>> = {
  montag: "monday",
  dienstag: "tuesday",
  mittwoch: "wednesday",
  donnerstag: "thursday",
  freitag: "friday",
  samstag: "saturday",
  sonnabend: "saturday",
  sonntag: "sunday",
};
const months: Readonly<Record<string, string>> = {
  januar: "january",
  februar: "february",
  märz: "march",
  april: "april",
  mai: "may",
  juni: "june",
  juli: "july",
  august: "august",
  september: "september",
  oktober: "october",
  november: "november",
  dezember: "december",
};
const parts: Readonly<Record<string, string>> = {
  morgen: "morning",
  früh: "morning",
  vormittag: "morning",
  mittag: "noon",
  nachmittag: "afternoon",
  abend: "evening",
  nacht: "night",
};
const units: Readonly<Record<string, string>> = {
  minute: "minutes",
  minuten: "minutes",
  stunde: "hours",
  stunden: "hours",
  tag: "days",
  tage: "days",
  tagen: "days",
  woche: "weeks",
  wochen: "weeks",
  monat: "months",
  monate: "months",
  monaten: "months",
};
const amounts = "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split(" ");
const english = "zero one two three four five six seven eight nine ten eleven twelve".split(" ");

const any = (words: Readonly<Record<string, string>>) => Object.keys(words).join("|");
const amount = `\\d{1,4}|eine[rnm]?|${amounts.join("|")}`;
const unit = any(units);
const last = "letzte[nrsm]?|vergangene[nrsm]?|vorige[nrsm]?";
const here = "diese[nrsm]?";
const partsOfDay = any(parts);
const days = any(weekdays);

function numberOf(word: string): string {
  if (word.startsWith("eine")) return "one";
  return english[amounts.indexOf(word)] ?? word;
}

type Rule = readonly [RegExp, (...parts: string[]) => string];
const rule = (pattern: string, say: (...parts: string[]) => string): Rule => [
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`, "gu"),
  say,
];

/** In this order: what says more comes before what says less. */
const times: readonly Rule[] = [
  rule(`(${amount}) (?:und|bis) (\\d{1,2}) uhr`, (from = "", to = "") => `${numberOf(from)}:00 and ${to}:00`),
  rule("(\\d{1,2}) uhr (\\d{2})", (hour, minute) => `${hour}:${minute}`),
  rule("(\\d{1,2}) uhr", (hour) => `${hour}:00`),
  rule(`(${amounts.join("|")}) uhr`, (hour = "") => numberOf(hour)),
  rule("vorgestern", () => "the day before yesterday"),
  rule("(?:heute nacht|(?:in der )?(?:letzten?|vergangenen?) nacht)", () => "last night"),
  rule("heute (?:früh|morgen)", () => "this morning"),
  rule(`heute (?:am )?(${partsOfDay})`, (part = "") => `today ${parts[part]}`),
  rule(`gestern (?:am |in der )?(${partsOfDay})`, (part = "") => `yesterday ${parts[part]}`),
  rule("gestern", () => "yesterday"),
  rule("heute", () => "today"),
  rule(`(${days})s? ?(${partsOfDay})s?`, (day = "", part = "") => `${weekdays[day]} ${parts[part]}`),
  rule(`(?:am )?(?:${last}) (${days})`, (day = "") => `last ${weekdays[day]}`),
  rule(`(${days})s?`, (day = "") => `${weekdays[day]}`),
  rule(
    `(?:in den|während der)? ?(?:${last}) (${amount}) (${unit})`,
    (count = "", of = "") => `last ${numberOf(count)} ${units[of]}`,
  ),
  rule(`vor (${amount}) (${unit})`, (count = "", of = "") => `${numberOf(count)} ${units[of]} ago`),
  rule(`(?:am |${last} )wochenende`, () => "last weekend"),
  rule(`(?:${last}) (woche|monat)`, (of = "") => `last ${of === "woche" ? "week" : "month"}`),
  rule(
    `(?:${here}) (woche|monat|wochenende)`,
    (of = "") => `this ${{ woche: "week", monat: "month" }[of] ?? "weekend"}`,
  ),
  rule(`(?:am |in der )(${partsOfDay})`, (part = "") => `${parts[part]}`),
  rule(`(vormittag|nachmittag|abend|nacht|morgen|mittag)s?`, (part = "") => `${parts[part]}`),
  rule("mitternacht", () => "midnight"),
  rule(`(\\d{1,2})\\.? (${any(months)})`, (day, month = "") => `${day} ${months[month]}`),
  rule("seit", () => "since"),
  rule("zwischen", () => "between"),
  rule("bis", () => "until"),
  rule(
    "vor(?= (?:\\d|the |yesterday|monday|tuesday|wednesday|thursday|friday|saturday|sunday))",
    () => "before",
  ),
  rule(
    "nach(?= (?:\\d|the |yesterday|monday|tuesday|wednesday|thursday|friday|saturday|sunday))",
    () => "after",
  ),
  rule("von(?= (?:\\d|monday|tuesday|wednesday|thursday|friday|saturday|sunday))", () => "from"),
  rule("und", () => "and"),
  rule("um(?= \\d)", () => "at"),
];

/** Words that say nothing of what is looked for. */
const silent: ReadonlySet<string> = new Set(
  (
    "der die das den dem des ein eine einen einem einer eines oder mit war waren ist sind wurde wurden wird da dort hier am im an " +
    "auf bei beim zum zur vor von zu in ins um wer wen was wo wann welche welcher welches hat haben gab es alle alles jede jeder " +
    "jedes zeig zeige zeigen finde finden mir uns ich wir sie geschah passiert passierte gesehen sehen war's etwas während nach"
  ).split(" "),
);

/** Other words for what detectors name, and what else digests say. */
const meant: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    person:
      "mann männer frau frauen leute jemand jemanden mensch menschen besucher besuch einbrecher fremder fremde fremden unbekannter unbekannte kind kinder",
    truck: "lkw lkws laster",
    car: "pkw pkws wagen",
    bicycle: "rad räder radfahrer",
    package: "päckchen sendung lieferung paket pakete paketen",
    vehicle: "fahrzeugen",
    smoke: "rauch",
    fire: "feuer brand",
    flame: "flamme flammen",
    glass: "glas glasbruch",
    alarm: "alarm alarme",
    white: "weiß weiße weißer weißes weißen",
    grey: "grau graue grauer graues grauen",
    black: "schwarz schwarze schwarzer schwarzes schwarzen",
    red: "rot rote roter rotes roten",
    yellow: "gelb gelbe gelber gelbes gelben",
    green: "grün grüne grüner grünes grünen",
    blue: "blau blaue blauer blaues blauen",
    brown: "braun braune brauner braunes braunen",
    critical: "kritisch kritische kritisches kritischen",
    elevated: "erhöht erhöhte erhöhtes erhöhten",
  }).flatMap(([label, words]) => words.split(" ").map((word): [string, string] => [word, label])),
);

export function questionDe(asked: string): QuestionDe {
  const lower = asked.normalize("NFKC").toLowerCase();
  const timed = times.reduce(
    (text, [pattern, say]) =>
      text.replaceAll(pattern, (_, ...found: (string | number)[]) => say(...found.map(String))),
    lower,
  );
  const words = new Map<string, string>();
  const question = timed.replaceAll(/[\p{L}\p{M}]+/gu, (word) => {
    if (silent.has(word)) return "";
    const label = Object.hasOwn(meant, word) ? meant[word] : Digest.labelOfDe(word);
    if (label === undefined) return word;
    for (const part of label.split(" ")) words.set(part, word);
    return label;
  });
  return { question, asked: words };
}
