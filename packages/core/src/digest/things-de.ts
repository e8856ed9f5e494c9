/** What detectors name, in German: its gender, and one and many of it. */

type Gender = "m" | "f" | "n";
type Noun = readonly [gender: Gender, one: string, many: string];

const nouns: Readonly<Record<string, Noun>> = {
  person: ["f", "Person", "Personen"],
  vehicle: ["n", "Fahrzeug", "Fahrzeuge"],
  animal: ["n", "Tier", "Tiere"],
  package: ["n", "Paket", "Pakete"],
  parcel: ["n", "Paket", "Pakete"],
  bicycle: ["n", "Fahrrad", "Fahrräder"],
  car: ["n", "Auto", "Autos"],
  motorcycle: ["n", "Motorrad", "Motorräder"],
  airplane: ["n", "Flugzeug", "Flugzeuge"],
  bus: ["m", "Bus", "Busse"],
  train: ["m", "Zug", "Züge"],
  truck: ["m", "Lastwagen", "Lastwagen"],
  boat: ["n", "Boot", "Boote"],
  "traffic light": ["f", "Ampel", "Ampeln"],
  "fire hydrant": ["m", "Hydrant", "Hydranten"],
  "stop sign": ["n", "Stoppschild", "Stoppschilder"],
  "parking meter": ["f", "Parkuhr", "Parkuhren"],
  bench: ["f", "Bank", "Bänke"],
  bird: ["m", "Vogel", "Vögel"],
  cat: ["f", "Katze", "Katzen"],
  dog: ["m", "Hund", "Hunde"],
  horse: ["n", "Pferd", "Pferde"],
  sheep: ["n", "Schaf", "Schafe"],
  cow: ["f", "Kuh", "Kühe"],
  elephant: ["m", "Elefant", "Elefanten"],
  bear: ["m", "Bär", "Bären"],
  zebra: ["n", "Zebra", "Zebras"],
  giraffe: ["f", "Giraffe", "Giraffen"],
  backpack: ["m", "Rucksack", "Rucksäcke"],
  umbrella: ["m", "Regenschirm", "Regenschirme"],
  handbag: ["f", "Handtasche", "Handtaschen"],
  tie: ["f", "Krawatte", "Krawatten"],
  suitcase: ["m", "Koffer", "Koffer"],
  frisbee: ["f", "Frisbeescheibe", "Frisbeescheiben"],
  skis: ["n", "Paar Ski", "Paar Ski"],
  snowboard: ["n", "Snowboard", "Snowboards"],
  "sports ball": ["m", "Ball", "Bälle"],
  kite: ["m", "Drachen", "Drachen"],
  "baseball bat": ["m", "Baseballschläger", "Baseballschläger"],
  "baseball glove": ["m", "Baseballhandschuh", "Baseballhandschuhe"],
  skateboard: ["n", "Skateboard", "Skateboards"],
  surfboard: ["n", "Surfbrett", "Surfbretter"],
  "tennis racket": ["m", "Tennisschläger", "Tennisschläger"],
  bottle: ["f", "Flasche", "Flaschen"],
  "wine glass": ["n", "Weinglas", "Weingläser"],
  cup: ["f", "Tasse", "Tassen"],
  fork: ["f", "Gabel", "Gabeln"],
  knife: ["n", "Messer", "Messer"],
  spoon: ["m", "Löffel", "Löffel"],
  bowl: ["f", "Schüssel", "Schüsseln"],
  banana: ["f", "Banane", "Bananen"],
  apple: ["m", "Apfel", "Äpfel"],
  sandwich: ["n", "Sandwich", "Sandwiches"],
  orange: ["f", "Orange", "Orangen"],
  broccoli: ["m", "Brokkoli", "Brokkoli"],
  carrot: ["f", "Karotte", "Karotten"],
  "hot dog": ["m", "Hotdog", "Hotdogs"],
  pizza: ["f", "Pizza", "Pizzen"],
  donut: ["m", "Donut", "Donuts"],
  cake: ["m", "Kuchen", "Kuchen"],
  chair: ["m", "Stuhl", "Stühle"],
  couch: ["n", "Sofa", "Sofas"],
  "potted plant": ["f", "Topfpflanze", "Topfpflanzen"],
  bed: ["n", "Bett", "Betten"],
  "dining table": ["m", "Esstisch", "Esstische"],
  toilet: ["f", "Toilette", "Toiletten"],
  tv: ["m", "Fernseher", "Fernseher"],
  laptop: ["m", "Laptop", "Laptops"],
  mouse: ["f", "Maus", "Mäuse"],
  remote: ["f", "Fernbedienung", "Fernbedienungen"],
  keyboard: ["f", "Tastatur", "Tastaturen"],
  "cell phone": ["n", "Mobiltelefon", "Mobiltelefone"],
  microwave: ["f", "Mikrowelle", "Mikrowellen"],
  oven: ["m", "Backofen", "Backöfen"],
  toaster: ["m", "Toaster", "Toaster"],
  sink: ["n", "Waschbecken", "Waschbecken"],
  refrigerator: ["m", "Kühlschrank", "Kühlschränke"],
  book: ["n", "Buch", "Bücher"],
  clock: ["f", "Uhr", "Uhren"],
  vase: ["f", "Vase", "Vasen"],
  scissors: ["f", "Schere", "Scheren"],
  "teddy bear": ["m", "Teddybär", "Teddybären"],
  "hair drier": ["m", "Haartrockner", "Haartrockner"],
  toothbrush: ["f", "Zahnbürste", "Zahnbürsten"],
};

/** A label that nobody has translated is told as it is, in a form that is right for any word. */
export function nounOf(label: string): Noun {
  if (Object.hasOwn(nouns, label)) return nouns[label] as Noun;
  const quoted = `„${label.replaceAll("_", " ")}“`;
  return ["n", `Objekt ${quoted}`, `Objekte ${quoted}`];
}

const numbers = "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split(" ");

/** `sieben`, and digits above twelve; one of something is said with it: `some`. */
export function number(count: number): string {
  return numbers[count] ?? String(count);
}

const articles = { m: "ein", f: "eine", n: "ein" } as const;
const definite = { m: "der", f: "die", n: "das" } as const;

/** `ein Lastwagen`, `zwei Personen`: nominative. */
export function some(label: string, count: number): string {
  const [gender, one, many] = nounOf(label);
  return count === 1 ? `${articles[gender]} ${one}` : `${number(count)} ${many}`;
}

/** `der weiße Lastwagen`, and the pronoun that goes on about it. */
export function definitely(label: string, adjective: string | null): { what: string; which: string } {
  const [gender, one] = nounOf(label);
  const which = definite[gender];
  return { what: `${which} ${adjective === null ? "" : `${adjective} `}${one}`, which };
}

const endings = { m: "er", f: "e", n: "es" } as const;

/** `weißes Auto`: without an article, as a label. @param adjective as it stands alone: `weiß` */
export function describedDe(label: string, adjective: string): string {
  const [gender, one] = nounOf(label);
  return `${adjective}${endings[gender]} ${one}`;
}

const labels: ReadonlyMap<string, string> = new Map(
  Object.entries(nouns).flatMap(([label, [, one, many]]) =>
    // "Vor den Autos", "mit Hunden": the dative of many has an n of its own.
    [one, many, `${many}n`].map((word): [string, string] => [word.toLowerCase(), label]),
  ),
);

/** What detectors call a thing that somebody names in German, in lower case; undefined for any other word. */
export function labelOfDe(word: string): string | undefined {
  return labels.get(word);
}
