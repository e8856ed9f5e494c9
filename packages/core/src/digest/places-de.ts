/** Where something was, in German, with the preposition and the case that go with the place. */
import type { Place } from "../zone.ts";

/** By the names that `zone-names.ts` knows, and by those that people who speak German give. */
const known: Readonly<Record<string, string>> = {
  front_door: "an der Haustür",
  main_door: "an der Haupttür",
  main_entrance: "am Haupteingang",
  front_entrance: "am Vordereingang",
  entrance: "am Eingang",
  doorstep: "auf der Türschwelle",
  shop_front: "an der Ladenfront",
  haustür: "an der Haustür",
  haustuer: "an der Haustür",
  hauseingang: "am Hauseingang",
  eingangstür: "an der Eingangstür",
  eingang: "am Eingang",
  back_door: "am Hintereingang",
  rear_door: "am Hintereingang",
  rear_entrance: "am Hintereingang",
  back_entrance: "am Hintereingang",
  patio_door: "an der Terrassentür",
  hintertür: "an der Hintertür",
  hintertuer: "an der Hintertür",
  terrassentür: "an der Terrassentür",
  gartentür: "an der Gartentür",
  side_door: "an der Seitentür",
  side_entrance: "am Seiteneingang",
  side_gate: "am Seitentor",
  gate: "am Tor",
  seitentür: "an der Seitentür",
  nebeneingang: "am Nebeneingang",
  gartentor: "am Gartentor",
  hintereingang: "am Hintereingang",
  seiteneingang: "am Seiteneingang",
  hinterhof: "im Hinterhof",
  vorplatz: "auf dem Vorplatz",
  balkon: "auf dem Balkon",
  dach: "auf dem Dach",
  büroraum: "im Büroraum",
  garage: "in der Garage",
  carport: "im Carport",
  garage_door: "am Garagentor",
  garagentor: "am Garagentor",
  porch: "auf der Veranda",
  veranda: "auf der Veranda",
  front_porch: "auf der vorderen Veranda",
  back_garden: "im hinteren Garten",
  backyard: "im hinteren Garten",
  back_yard: "im hinteren Garten",
  rear_garden: "im hinteren Garten",
  garden: "im Garten",
  patio: "auf der Terrasse",
  terrace: "auf der Terrasse",
  deck: "auf der Holzterrasse",
  pool: "am Pool",
  pool_area: "im Poolbereich",
  shed: "am Schuppen",
  garden_shed: "am Gartenschuppen",
  garten: "im Garten",
  hintergarten: "im hinteren Garten",
  terrasse: "auf der Terrasse",
  side_garden: "im seitlichen Garten",
  side_yard: "im seitlichen Garten",
  side_passage: "im Seitengang",
  alley: "in der Gasse",
  front_garden: "im Vorgarten",
  front_yard: "im Vorgarten",
  lawn: "auf dem Rasen",
  vorgarten: "im Vorgarten",
  driveway: "in der Einfahrt",
  car_park: "auf dem Parkplatz",
  forecourt: "auf dem Vorplatz",
  yard: "im Hof",
  drive: "in der Einfahrt",
  einfahrt: "in der Einfahrt",
  auffahrt: "in der Auffahrt",
  hof: "im Hof",
  parkplatz: "auf dem Parkplatz",
  street: "auf der Straße",
  road: "auf der Straße",
  pavement: "auf dem Gehweg",
  sidewalk: "auf dem Gehweg",
  lane: "auf dem Weg",
  kerb: "am Bordstein",
  straße: "auf der Straße",
  strasse: "auf der Straße",
  gehweg: "auf dem Gehweg",
  gehsteig: "auf dem Gehsteig",
  living_room: "im Wohnzimmer",
  lounge: "im Wohnzimmer",
  sitting_room: "im Wohnzimmer",
  dining_room: "im Esszimmer",
  conservatory: "im Wintergarten",
  study: "im Arbeitszimmer",
  office: "im Büro",
  shop_floor: "im Verkaufsraum",
  wohnzimmer: "im Wohnzimmer",
  esszimmer: "im Esszimmer",
  büro: "im Büro",
  bedroom: "im Schlafzimmer",
  nursery: "im Kinderzimmer",
  guest_room: "im Gästezimmer",
  master_bedroom: "im Elternschlafzimmer",
  schlafzimmer: "im Schlafzimmer",
  kinderzimmer: "im Kinderzimmer",
  kitchen: "in der Küche",
  utility_room: "im Hauswirtschaftsraum",
  pantry: "in der Speisekammer",
  küche: "in der Küche",
  kueche: "in der Küche",
  hallway: "im Flur",
  hall: "im Flur",
  corridor: "im Gang",
  landing: "auf dem Treppenabsatz",
  stairs: "auf der Treppe",
  staircase: "auf der Treppe",
  basement: "im Keller",
  cellar: "im Keller",
  attic: "auf dem Dachboden",
  loft: "auf dem Dachboden",
  flur: "im Flur",
  diele: "in der Diele",
  treppenhaus: "im Treppenhaus",
  keller: "im Keller",
  dachboden: "auf dem Dachboden",
};

/** What `zone-names.ts` says without naming a place. */
const sides: Readonly<Record<string, string>> = {
  "at the front": "vorne",
  "at the back": "hinten",
  "at the side": "an der Seite",
  outside: "draußen",
  inside: "drinnen",
};

/** A name that the table does not have is told as its installer wrote it, in a form that is right for any word. */
export function placeDe({ phrase }: Place, zone: string | null): string {
  if (phrase === "" || zone === null) return "";
  const own = known[slugOf(zone)];
  if (own !== undefined) return own;
  const side = sides[phrase];
  if (side !== undefined) return side;
  const read = known[slugOf(phrase.replace(/^(?:at|in|on) the /, ""))];
  return read ?? `bei „${zone.normalize("NFKC").trim()}“`;
}

/** As a label, without preposition and article; a name that the table does not have as its installer wrote it. */
export function placeNameDe(zone: string): string {
  const phrase = known[slugOf(zone)];
  if (phrase === undefined) return zone.replaceAll(/[_-]+/g, " ");
  const name = phrase.replace(/^(?:an der|auf der|auf dem|in der|am|im) /, "");
  // What follows "im" and "der" is in the dative.
  return name.replace(/^(hinter|seitlich)en /, "$1er ").replace(/^vorderen /, "vordere ");
}

function slugOf(name: string): string {
  const slug = name
    .normalize("NFKC")
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/gu, "_");
  return Object.hasOwn(known, slug) ? slug : "";
}
