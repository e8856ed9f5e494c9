/**
 * The words of places: what people call a zone, in the languages in which they call it so. `zone.ts` reads with them.
 */

/** `entry`: a way in. `perimeter`: private ground outside. `interior`: inside. `public`: where strangers may be. */
export type PlaceKind = "entry" | "perimeter" | "interior" | "public" | "unknown";
export type Preposition = "at" | "in" | "on";

type Known = {
  kind: PlaceKind;
  preposition: Preposition;
  /** Said of the place as they are. */
  said: readonly string[];
  /** Other words for it, which are not said in an English sentence: one of those above is. */
  meant: readonly string[];
};

/** Canonical names, and the other words that people use for the same place. */
export const places: Readonly<Record<string, Known>> = {
  front_door: {
    kind: "entry",
    preposition: "at",
    said: [
      "front_door",
      "main_door",
      "main_entrance",
      "front_entrance",
      "entrance",
      "doorstep",
      "shop_front",
    ],
    meant: [
      ..."frontdoor storefront store_front shopfront doorbell bell_cam entrance_door entry_door haustür haustuer hauseingang eingangstür eingang".split(
        " ",
      ),
      ..."porte_d_entrée porte_entrée entrée_principale puerta_principal puerta_de_entrada porta_d_ingresso voordeur".split(
        " ",
      ),
    ],
  },
  back_door: {
    kind: "entry",
    preposition: "at",
    said: ["back_door", "rear_door", "rear_entrance", "back_entrance", "patio_door"],
    meant: [
      ..."backdoor hintertür hintertuer terrassentür gartentür porte_arrière porte_de_derrière puerta_trasera".split(
        " ",
      ),
      ..."achterdeur tuindeur".split(" "),
    ],
  },
  side_door: {
    kind: "entry",
    preposition: "at",
    said: ["side_door", "side_entrance", "side_gate", "gate"],
    meant: ["sidedoor", "seitentür", "nebeneingang", "gartentor", "portail", "portillon", "zijdeur"],
  },
  garage: {
    kind: "entry",
    preposition: "in",
    said: ["garage", "carport", "garage_door"],
    meant: ["garagentor", "porte_de_garage", "porte_garage", "cochera"],
  },
  porch: { kind: "entry", preposition: "on", said: ["porch", "veranda", "front_porch"], meant: ["porche"] },
  backyard: {
    kind: "perimeter",
    preposition: "in",
    said: "back_garden backyard back_yard rear_garden garden patio terrace deck pool pool_area shed garden_shed".split(
      " ",
    ),
    meant: [
      "garten",
      "hintergarten",
      "jardin",
      "jardín",
      "giardino",
      "tuin",
      "achtertuin",
      "terrasse",
      "terraza",
    ],
  },
  side_yard: {
    kind: "perimeter",
    preposition: "in",
    said: ["side_garden", "side_yard", "side_passage", "alley"],
    meant: [],
  },
  front_yard: {
    kind: "perimeter",
    preposition: "in",
    said: ["front_garden", "front_yard", "lawn"],
    meant: ["frontyard", "vorgarten", "voortuin"],
  },
  driveway: {
    kind: "perimeter",
    preposition: "at",
    said: ["driveway", "car_park", "forecourt", "yard", "drive"],
    meant: [
      "parking",
      "parking_lot",
      "einfahrt",
      "auffahrt",
      "hof",
      "parkplatz",
      "allée",
      "oprit",
      "entrada_coches",
    ],
  },
  street: {
    kind: "public",
    preposition: "in",
    said: ["street", "road", "pavement", "sidewalk", "lane", "kerb"],
    meant: [
      "straße",
      "strasse",
      "gehweg",
      "gehsteig",
      "rue",
      "trottoir",
      "calle",
      "strada",
      "straat",
      "curb",
    ],
  },
  living_room: {
    kind: "interior",
    preposition: "in",
    said: "living_room lounge sitting_room dining_room conservatory study office shop_floor".split(" "),
    meant: "livingroom wohnzimmer esszimmer büro salon séjour salón soggiorno woonkamer".split(" "),
  },
  bedroom: {
    kind: "interior",
    preposition: "in",
    said: ["bedroom", "nursery", "guest_room", "master_bedroom"],
    meant: ["schlafzimmer", "kinderzimmer", "chambre", "dormitorio", "slaapkamer"],
  },
  kitchen: {
    kind: "interior",
    preposition: "in",
    said: ["kitchen", "utility_room", "pantry"],
    meant: ["küche", "kueche", "cuisine", "cocina", "cucina", "keuken"],
  },
  hallway: {
    kind: "interior",
    preposition: "in",
    said: "hallway hall corridor landing stairs staircase basement cellar attic loft".split(" "),
    meant: "flur diele treppenhaus keller dachboden couloir cave pasillo sótano corridoio gang kelder".split(
      " ",
    ),
  },
};

/** Where usage differs from the canonical place's own preposition. */
export const exceptions: Readonly<Record<string, Preposition>> = {
  doorstep: "on",
  shop_floor: "on",
  patio: "on",
  terrace: "on",
  deck: "on",
  lawn: "on",
  forecourt: "on",
  landing: "on",
  stairs: "on",
  staircase: "on",
  road: "on",
  pavement: "on",
  sidewalk: "on",
  pool: "at",
  pool_area: "in",
  shed: "at",
  garden_shed: "at",
  garage_door: "at",
  kerb: "at",
  car_park: "in",
  yard: "in",
};

/** An opening is a way in, wherever it is and whatever stands beside the word. */
export const openings: readonly string[] = [
  ..."door doors gate gates window windows entrance entry shutter shutters hatch skylight doorway".split(" "),
  ..."tür tuer tür türen tor fenster eingang rolltor porte fenêtre fenetre portail portillon puerta ventana porta".split(
    " ",
  ),
  ..."finestra deur raam".split(" "),
];

/** What a single word says of a place whose name is not in the table. */
export const hints: readonly { words: readonly string[]; kind: PlaceKind; preposition: Preposition }[] = [
  {
    words: [
      ..."room floor bathroom toilet wc till store stock warehouse workshop gym lobby reception library closet".split(
        " ",
      ),
      ..."classroom lab zimmer raum bad lager werkstatt chambre salle pièce habitación sala kamer".split(" "),
    ],
    kind: "interior",
    preposition: "in",
  },
  {
    words: "courtyard grounds orchard meadow field hof garten jardin".split(" "),
    kind: "perimeter",
    preposition: "in",
  },
  {
    words: "balcony roof rooftop steps walkway balkon balcon balcón dach toit".split(" "),
    kind: "perimeter",
    preposition: "on",
  },
  {
    words: "fence wall hedge boundary dock bay zaun mauer clôture".split(" "),
    kind: "perimeter",
    preposition: "at",
  },
  { words: "square plaza platz".split(" "), kind: "public", preposition: "in" },
  { words: "path footpath towpath".split(" "), kind: "public", preposition: "on" },
  { words: "crossing junction".split(" "), kind: "public", preposition: "at" },
];

/** Words that stand for a place only where nothing else does: "Front", "Back cam". */
export const sides: Readonly<Record<string, { name: string; kind: PlaceKind; phrase: string }>> = {
  front: { name: "front_yard", kind: "perimeter", phrase: "at the front" },
  back: { name: "backyard", kind: "perimeter", phrase: "at the back" },
  rear: { name: "backyard", kind: "perimeter", phrase: "at the back" },
  side: { name: "side_yard", kind: "perimeter", phrase: "at the side" },
  outside: { name: "outside", kind: "perimeter", phrase: "outside" },
  outdoor: { name: "outside", kind: "perimeter", phrase: "outside" },
  inside: { name: "inside", kind: "interior", phrase: "inside" },
  indoor: { name: "inside", kind: "interior", phrase: "inside" },
};

/** Ways on private ground are private. */
export const privateGround: ReadonlySet<string> = new Set(
  "garden front back rear side house yard patio pool".split(" "),
);
export const outsideWords: ReadonlySet<string> = new Set([
  "outside",
  "outdoor",
  "exterior",
  "external",
  "fire",
]);

/** What belongs to them is theirs; a fence or a wall is between them and the account's ground. */
export const neighbours: ReadonlySet<string> = new Set(
  "neighbour neighbours neighbor neighbors nextdoor nachbar nachbars nachbarn voisin voisins vecino vecinos".split(
    " ",
  ),
);
export const boundaries: ReadonlySet<string> = new Set(
  "fence wall hedge boundary side gate zaun mauer".split(" "),
);

/** Owners whose name is a common noun: "in the children's room", but "in Anna's room". */
export const commonOwners: ReadonlySet<string> = new Set(
  "neighbour neighbours neighbor neighbors children kids kid child parents parent boss landlord tenant guest guests".split(
    " ",
  ),
);

/** A place that is named after another: what comes first is the place. */
export const prepositions: ReadonlySet<string> = new Set(
  "to of by near at from towards facing behind beside above below overlooking zum zur zu am an im in von vom de du des del della van aan".split(
    " ",
  ),
);

/** Parts of a name that say which camera it is, not where. */
export const noise: ReadonlySet<string> = new Set("cam camera kamera caméra zone sensor my area".split(" "));
/** Said in the middle of a name, and not before it. */
export const articles: ReadonlySet<string> = new Set("the der die das la le el il".split(" "));

/** French, Spanish and Italian begin with what a place is: "balcon salon" is a balcony. So may German. */
export const headFirst: ReadonlySet<string> = new Set(
  "balkon terrasse balcon balcón terraza terrazza jardin jardín giardino chambre salle couloir cave cour allée rue calle toit".split(
    " ",
  ),
);

/** German and Dutch write a place in one word: its end is what it is. */
export const endings: readonly { ending: string; kind: PlaceKind }[] = [
  ..."tür tuer fenster eingang deur raam".split(" ").map((ending) => ({ ending, kind: "entry" as const })),
  ..."zimmer raum küche keller flur kamer"
    .split(" ")
    .map((ending) => ({ ending, kind: "interior" as const })),
  ..."garten hof einfahrt terrasse balkon dach zaun tuin"
    .split(" ")
    .map((ending) => ({ ending, kind: "perimeter" as const })),
  ..."straße strasse gehweg straat".split(" ").map((ending) => ({ ending, kind: "public" as const })),
];
