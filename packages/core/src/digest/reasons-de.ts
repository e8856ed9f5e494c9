/**
 * What rules say of events, sessions and reviews, in German. It is told in English when it is judged, and kept so: these are its
 * sentences, each with its German one, so that what was stored before is read in German too. A test plays evenings, and knows
 * each sentence that comes of them.
 */
import { placeDe } from "./places-de.ts";
import { nounOf, number } from "./things-de.ts";

const whole: Readonly<Record<string, string>> = {
  "It was closed, not opened.": "Es wurde geschlossen, nicht geöffnet.",
  "Somebody is at home.": "Jemand ist zu Hause.",
  "Everybody is away.": "Alle sind abwesend.",
  "The site is set for the night.": "Der Standort ist auf Nacht gestellt.",
  "Everybody is away for longer.": "Alle sind für längere Zeit abwesend.",
  "The site is in an emergency.": "Am Standort herrscht ein Notfall.",
  "A pet explains most of it.": "Das meiste erklärt sich durch ein Haustier.",
  "It was opened with a key or a code.": "Es wurde mit einem Schlüssel oder Code geöffnet.",
  "The device recognises this person.": "Das Gerät erkennt diese Person.",
  "No picture shows anybody or anything that moves.": "Kein Bild zeigt jemanden oder etwas, das sich bewegt.",
  "From picture to picture somebody comes nearer.": "Von Bild zu Bild kommt jemand näher.",
  "It happened in an unnamed place.": "Es geschah an einem Ort ohne Namen.",
  "The pictures show people at night.": "Die Bilder zeigen Personen bei Nacht.",
  "The pictures show a person at night.": "Die Bilder zeigen eine Person bei Nacht.",
  "The pictures show people.": "Die Bilder zeigen Personen.",
  "The pictures show a person.": "Die Bilder zeigen eine Person.",
  "Nobody is home to open it.": "Niemand ist zu Hause, der es öffnen könnte.",
  "It is inside while nobody is home.": "Es ist drinnen, während niemand zu Hause ist.",
  "That is longer than callers stay.": "Das ist länger, als Besucher bleiben.",
  "The device does not know who it is.": "Das Gerät weiß nicht, wer es ist.",
  "The sound is one of alarm.": "Es ist ein alarmierendes Geräusch.",
  "The doorbell, someone at the door, then silence: a delivery or a caller.":
    "Die Türklingel, jemand an der Tür, dann Ruhe: eine Lieferung oder ein Besucher.",
  "The doorbell, then someone at the door: so far it looks like a delivery or a caller.":
    "Die Türklingel, dann jemand an der Tür: Bisher sieht es nach einer Lieferung oder einem Besucher aus.",
  "Someone at the door, a parcel there, then silence: a delivery.":
    "Jemand an der Tür, dort ein Paket, dann Ruhe: eine Lieferung.",
  "Someone at the door, then a parcel there: so far it looks like a delivery.":
    "Jemand an der Tür, dann dort ein Paket: Bisher sieht es nach einer Lieferung aus.",
  "A resident was recognised at the same time.": "Zur selben Zeit wurde ein Bewohner erkannt.",
  "The mode changed to home: a resident has come in.":
    "Der Modus wechselte auf „zu Hause“: Ein Bewohner ist gekommen.",
  "Unsure movement in the same place over and over, as from branches in the wind.":
    "Unsichere Bewegung immer wieder an derselben Stelle, wie von Zweigen im Wind.",
  "Movement, then a window, then movement again: as when someone gets in.":
    "Bewegung, dann ein Fenster, dann wieder Bewegung: wie wenn jemand eindringt.",
  "Movement, then a door, then movement again: as when someone gets in.":
    "Bewegung, dann eine Tür, dann wieder Bewegung: wie wenn jemand eindringt.",
  "A window opened, and then something moved inside.":
    "Ein Fenster ging auf, und dann bewegte sich drinnen etwas.",
  "A door opened, and then something moved inside.":
    "Eine Tür ging auf, und dann bewegte sich drinnen etwas.",
  "Someone came across the ground to a door that callers do not use.":
    "Jemand kam über das Grundstück an eine Tür, die Besucher nicht benutzen.",
  "Movement outside, then inside, while nobody is home.":
    "Bewegung draußen, dann drinnen, während niemand zu Hause ist.",
  "Doors or windows moved again and again within seconds, as when someone forces them.":
    "Türen oder Fenster bewegten sich innerhalb von Sekunden immer wieder, wie wenn jemand sie aufbricht.",
  "Glass broke, and then something moved.": "Glas zerbrach, und dann bewegte sich etwas.",
  "Movement in one place after another, as when someone looks for a way in.":
    "Bewegung an einem Ort nach dem anderen, wie wenn jemand einen Weg hinein sucht.",
  "Nothing else confirms it yet, so it stays below critical.":
    "Noch bestätigt es nichts anderes, deshalb bleibt es unter „kritisch“.",
  "Nobody is home, so it stays worth a look.": "Niemand ist zu Hause, deshalb lohnt ein Blick.",
  "Hardly anything ever happens here.": "Hier geschieht fast nie etwas.",
  "You called such alerts here false once before.":
    "Solche Meldungen von hier haben Sie schon einmal Fehlalarm genannt.",
  // What to do.
  "It is past: check that everybody and everything is safe.":
    "Es ist vorüber: Sehen Sie nach, ob alle und alles in Sicherheit sind.",
  "Nothing needs doing.": "Es ist nichts zu tun.",
  "It is past: have a look at it when you can.": "Es ist vorüber: Sehen Sie bei Gelegenheit nach.",
  "Check for fire at once. If there is one, get everybody out and call the fire service.":
    "Sehen Sie sofort nach, ob es brennt. Wenn ja, bringen Sie alle hinaus, und rufen Sie die Feuerwehr.",
  "Get everybody into fresh air at once, call the emergency services, and stay outside.":
    "Bringen Sie sofort alle an die frische Luft, rufen Sie den Notruf, und bleiben Sie draußen.",
  "Do not touch switches or flames. Open windows, get everybody out, and call the gas emergency number.":
    "Betätigen Sie keine Schalter und kein Feuer. Öffnen Sie Fenster, bringen Sie alle hinaus, und rufen Sie den Gasnotdienst.",
  "Look at the live picture. If somebody is breaking in, keep away and call the police.":
    "Sehen Sie das Livebild an. Wenn jemand einbricht, bleiben Sie fern, und rufen Sie die Polizei.",
  "Make sure that everybody is safe; call the emergency services if not.":
    "Vergewissern Sie sich, dass alle in Sicherheit sind; sonst rufen Sie den Notruf.",
  "The pictures show a person. If you do not know who it is, keep away and call the police.":
    "Die Bilder zeigen eine Person. Wenn Sie sie nicht kennen, bleiben Sie fern, und rufen Sie die Polizei.",
  "Look at the live picture now. If you do not know who it is, keep away and call the police.":
    "Sehen Sie jetzt das Livebild an. Wenn Sie nicht wissen, wer es ist, bleiben Sie fern, und rufen Sie die Polizei.",
  "Look at the pictures now: they show a person. Check that doors and windows are shut.":
    "Sehen Sie jetzt die Bilder an: Sie zeigen eine Person. Prüfen Sie, ob Türen und Fenster geschlossen sind.",
  "Nothing needs doing: the pictures show nobody.": "Es ist nichts zu tun: Die Bilder zeigen niemanden.",
  "Have a look at the pictures when you can.": "Sehen Sie die Bilder bei Gelegenheit an.",
  "Check the place for fire.": "Sehen Sie dort nach, ob es brennt.",
  "Check the device and who is near it.": "Prüfen Sie das Gerät und wer in seiner Nähe ist.",
  "Look at the pictures now and have somebody you trust check the doors and windows.":
    "Sehen Sie jetzt die Bilder an, und lassen Sie jemanden, dem Sie vertrauen, Türen und Fenster prüfen.",
  "Look at the pictures now and check that doors and windows are shut.":
    "Sehen Sie jetzt die Bilder an, und prüfen Sie, ob Türen und Fenster geschlossen sind.",
  "See whether a parcel was left.": "Sehen Sie nach, ob ein Paket abgelegt wurde.",
  "Check the sensor's battery and how it is fixed.": "Prüfen Sie Batterie und Befestigung des Sensors.",
  "Nothing needs doing; a mask over the branches would spare you such alerts.":
    "Es ist nichts zu tun; eine Maske über den Zweigen würde Ihnen solche Meldungen ersparen.",
  // Whether a digest will come.
  "The digest is there.": "Der Bericht ist da.",
  "The review failed; it does not count against the allowance, and you may ask again.":
    "Die Prüfung ist fehlgeschlagen; sie zählt nicht zum Kontingent, und Sie können sie noch einmal anfordern.",
  "The pictures are being looked at.": "Die Bilder werden angesehen.",
  "The picture is looked at when the session closes.":
    "Das Bild wird angesehen, wenn der Vorgang abgeschlossen ist.",
  "The pictures are looked at when the session closes.":
    "Die Bilder werden angesehen, wenn der Vorgang abgeschlossen ist.",
  "The allowance was used up when the session closed; you may ask for a review now.":
    "Das Kontingent war aufgebraucht, als der Vorgang abgeschlossen wurde; Sie können jetzt eine Prüfung anfordern.",
  "Its camera reported too much that was nothing, so that nobody looks unless you ask.":
    "Die Kamera hat zu vieles gemeldet, das nichts war; angesehen wird es nur, wenn Sie es anfordern.",
  "No picture has come with it so far.": "Bisher kam kein Bild dazu.",
  "No picture came with it to look at.": "Es kam kein Bild dazu, das man ansehen könnte.",
  "The announced picture has not been uploaded and sealed yet.":
    "Das angekündigte Bild ist noch nicht hochgeladen und versiegelt.",
  // Why a review is what it is.
  "Counts towards today's deep reviews.": "Zählt zu den genauen Prüfungen von heute.",
  "Took a token for the priority queue.": "Hat einen Platz in der bevorzugten Warteschlange erhalten.",
  "No token was left for the priority queue, so it goes to the standard queue.":
    "In der bevorzugten Warteschlange war kein Platz frei, deshalb geht sie in die normale.",
  "Life-safety: beyond every limit.": "Gefahr für Leib und Leben: jenseits aller Grenzen.",
};

const events: Readonly<Record<string, string>> = {
  "Something moved": "Etwas hat sich bewegt",
  "A person was seen": "Eine Person wurde gesehen",
  "A vehicle was seen": "Ein Fahrzeug wurde gesehen",
  "An animal was seen": "Ein Tier wurde gesehen",
  "A parcel was seen": "Ein Paket wurde gesehen",
  "The doorbell rang": "Es hat geklingelt",
  "A door opened": "Eine Tür ging auf",
  "A window opened": "Ein Fenster ging auf",
  "A door closed": "Eine Tür ging zu",
  "A window closed": "Ein Fenster ging zu",
  "Breaking glass was heard": "Glasbruch wurde gehört",
  "A forced entry was reported": "Ein gewaltsames Eindringen wurde gemeldet",
  "Smoke was detected": "Rauch wurde gemeldet",
  "Carbon monoxide was detected": "Kohlenmonoxid wurde gemeldet",
  "Gas was detected": "Gas wurde gemeldet",
  "An unusual temperature was measured": "Eine ungewöhnliche Temperatur wurde gemessen",
  "A flame was detected": "Eine Flamme wurde gemeldet",
  "A device was tampered with": "An einem Gerät wurde manipuliert",
  "A sound was heard": "Ein Geräusch wurde gehört",
  "A device raised an alert": "Ein Gerät hat etwas gemeldet",
};

/** What follows "Um 23:14 Uhr". */
const happened: Readonly<Record<string, (where: string) => string>> = {
  "Something moved": (where) => `hat sich${where} etwas bewegt`,
  "A person was seen": (where) => `wurde${where} eine Person gesehen`,
  "A vehicle was seen": (where) => `wurde${where} ein Fahrzeug gesehen`,
  "An animal was seen": (where) => `wurde${where} ein Tier gesehen`,
  "A parcel was seen": (where) => `wurde${where} ein Paket gesehen`,
  "The doorbell rang": (where) => `hat es${where} geklingelt`,
  "A door opened": (where) => `ging${where} eine Tür auf`,
  "A window opened": (where) => `ging${where} ein Fenster auf`,
  "A door closed": (where) => `ging${where} eine Tür zu`,
  "A window closed": (where) => `ging${where} ein Fenster zu`,
  "Breaking glass was heard": (where) => `wurde${where} Glasbruch gehört`,
  "A forced entry was reported": (where) => `wurde${where} ein gewaltsames Eindringen gemeldet`,
  "Smoke was detected": (where) => `wurde${where} Rauch gemeldet`,
  "Carbon monoxide was detected": (where) => `wurde${where} Kohlenmonoxid gemeldet`,
  "Gas was detected": (where) => `wurde${where} Gas gemeldet`,
  "An unusual temperature was measured": (where) => `wurde${where} eine ungewöhnliche Temperatur gemessen`,
  "A flame was detected": (where) => `wurde${where} eine Flamme gemeldet`,
  "A device was tampered with": (where) => `wurde${where} an einem Gerät manipuliert`,
  "A sound was heard": (where) => `wurde${where} ein Geräusch gehört`,
  "A device raised an alert": (where) => `hat${where} ein Gerät etwas gemeldet`,
};

const conclusions: Readonly<Record<string, string>> = {
  "It looks as if someone has got in.": "Es sieht aus, als wäre jemand eingedrungen.",
  "It looks as if someone has come in.": "Es sieht aus, als wäre jemand hereingekommen.",
  "Someone seems to have come inside.": "Jemand scheint hereingekommen zu sein.",
  "Someone has come up to the house.": "Jemand ist an das Haus gekommen.",
  "It looks as if someone is forcing a way in.": "Es sieht aus, als bräche jemand ein.",
  "It looks like a break-in.": "Es sieht nach einem Einbruch aus.",
  "Someone seems to be walking round the property.": "Jemand scheint um das Grundstück zu gehen.",
  "It looks like a delivery or a caller.": "Es sieht nach einer Lieferung oder einem Besucher aus.",
  "It looks as if a resident has come home.": "Es sieht aus, als wäre ein Bewohner heimgekommen.",
  "The sensor itself may be at fault.": "Vielleicht liegt es am Sensor selbst.",
  "It may only be the wind.": "Vielleicht ist es nur der Wind.",
};

const levels: Readonly<Record<string, string>> = {
  low: "niedrig",
  standard: "normal",
  elevated: "erhöht",
  critical: "kritisch",
};

const units: Readonly<Record<string, string>> = {
  minute: "Minute",
  minutes: "Minuten",
  hour: "Stunde",
  hours: "Stunden",
  day: "Tag",
  days: "Tage",
  year: "Jahr",
  years: "Jahre",
};
const long = (count = "", unit = "") => `${count} ${units[unit] ?? unit}`;

/** "at the front door" as the explainer says it; `""` for none. */
function place(phrase: string): string {
  const zone = phrase.replace(/^(?:at|in|on) (?:the )?/, "");
  return placeDe({ name: "", kind: "unknown", phrase }, zone);
}

type Pattern = readonly [RegExp, (...parts: string[]) => string];

const patterns: readonly Pattern[] = [
  [/^The device is (\d+) % sure\.$/, (sure) => `Das Gerät ist zu ${sure} % sicher.`],
  [/^The pictures are (\d+) % sure\.$/, (sure) => `Die Bilder sind zu ${sure} % sicher.`],
  [/^It is night \((.+)\)\.$/, (time) => `Es ist Nacht (${time} Uhr).`],
  [/^The pictures show (\d+) people\.$/, (count) => `Die Bilder zeigen ${number(Number(count))} Personen.`],
  [
    /^Somebody may hold a (.+)\.$/,
    (label = "") => `Jemand hält vielleicht etwas in der Hand (${nounOf(label)[1]}).`,
  ],
  [/^It happened (.+)\.$/, (phrase = "") => `Es geschah ${place(phrase)}.`],
  [/^It stayed there for (\d+) seconds\.$/, (seconds) => `Es blieb ${seconds} Sekunden lang dort.`],
  [/^(-?\d+ °C) is as hot as a fire nearby\.$/, (heat) => `${heat} ist so heiß wie ein Feuer in der Nähe.`],
  [/^At (-?\d+ °C) water pipes can freeze\.$/, (cold) => `Bei ${cold} können Wasserleitungen einfrieren.`],
  [
    /^The same sensor reported (\d+) times within a minute and nothing else noticed anything\.$/,
    (times) => `Derselbe Sensor meldete ${times}-mal in einer Minute, und nichts anderes bemerkte etwas.`,
  ],
  [
    /^Some (\d+) events a day are usual here\.$/,
    (count) => `Etwa ${count} Ereignisse am Tag sind hier üblich.`,
  ],
  [
    /^You called such alerts here false (\d+) times before\.$/,
    (times) => `Solche Meldungen von hier haben Sie schon ${times}-mal Fehlalarm genannt.`,
  ],
  [
    /^It was received (\d+) (\w+) late\.$/,
    (count, unit) =>
      `Es ging mit einer Verspätung von ${long(count, unit).replace(/(?<=Tage|Jahre)$/, "n")} ein.`,
  ],
  [
    /^The device's clock is wrong \((.+) UTC\), so the time is that of its receipt\.$/,
    (said) => `Die Uhr des Geräts geht falsch (${said} UTC); deshalb gilt die Zeit des Eingangs.`,
  ],
  [
    /^The device's clock is (\d+) (\w+) (ahead|behind); the time is corrected\.$/,
    (count, unit, way) =>
      `Die Uhr des Geräts geht ${long(count, unit)} ${way === "ahead" ? "vor" : "nach"}; die Zeit ist korrigiert.`,
  ],
  [
    /^Its clock is (\d+) (\w+) (ahead|behind)\. Its events are corrected; set its time zone or its time server\.$/,
    (count, unit, way) =>
      `Die Uhr geht ${long(count, unit)} ${way === "ahead" ? "vor" : "nach"}. Die Ereignisse werden korrigiert; stellen Sie Zeitzone oder Zeitserver richtig ein.`,
  ],
  [
    /^The session is assessed as (\w+): from standard on pictures are looked at without being asked for\.$/,
    (level = "") =>
      `Der Vorgang ist als ${levels[level] ?? level} eingeschätzt: Ab „normal“ werden Bilder ohne Anforderung angesehen.`,
  ],
  [
    /^The (\d+) announced pictures have not been uploaded and sealed yet\.$/,
    (count) => `Die ${count} angekündigten Bilder sind noch nicht hochgeladen und versiegelt.`,
  ],
  [
    /^The (\w+) tier assesses every event but has no deep reviews;.*$/,
    () =>
      "Lite schätzt jedes Ereignis ein, enthält aber keine genauen Prüfungen; es gibt sie mit Guardian und Pro.",
  ],
  [
    /^All (\d+) deep reviews of the account's day are used .*$/,
    (count) =>
      `Alle ${count} genauen Prüfungen dieses Tages sind verbraucht. Neue gibt es am nächsten Tag des Kontos; mit Pro wird nie abgelehnt.`,
  ],
  [
    /^The system is idle, so up to (\d+) moments are looked at\.$/,
    (count) => `Das System ist frei, deshalb werden bis zu ${count} Bilder angesehen.`,
  ],
  [
    /^The system is idle, so pro reviews look at up to (\d+) moments\.$/,
    (count) => `Das System ist frei, deshalb sehen Prüfungen mit Pro bis zu ${count} Bilder an.`,
  ],
  [
    /^(\d+) of (\d+) moments are looked at now; (\d+) follow as an addendum\.$/,
    (now, all, later) => `${now} von ${all} Bildern werden jetzt angesehen; ${later} folgen als Nachtrag.`,
  ],
  [
    /^([\d,]+) reviews are waiting\. From [\d,]+ until fewer than [\d,]+, each looks at half as many moments;.*$/,
    (count = "") =>
      `${count.replaceAll(",", ".")} Prüfungen warten. Deshalb sieht jede zunächst nur halb so viele Bilder an; die übrigen folgen später.`,
  ],
  [
    /^The queue holds .*each review looks at half as many moments;.*$/,
    () =>
      "In der Warteschlange ist viel Arbeit. Deshalb sieht jede Prüfung zunächst nur halb so viele Bilder an; die übrigen folgen später.",
  ],
  [
    /^The (?:queue held|system was overloaded) .*half as many moments;.*$/,
    () =>
      "Das System war eben noch ausgelastet. Deshalb sieht jede Prüfung zunächst nur halb so viele Bilder an; die übrigen folgen später.",
  ],
];

const opening = new RegExp(
  `^(${Object.keys(happened).join("|")})(?: (.+?))? at (\\d\\d:\\d\\d)( while nobody was home)?\\.(?: (.+))?$`,
);

/** "A person was seen at the front door at 23:14. It looks like a delivery or a caller." */
function summary(text: string): string | undefined {
  const [, what = "", where, when, empty, conclusion] = opening.exec(text) ?? [];
  if (when === undefined) return undefined;
  const told = conclusion === undefined ? "" : ` ${conclusions[conclusion] ?? conclusion}`;
  const at = where === undefined ? "" : ` ${place(where)}`;
  const alone = empty === undefined ? "" : ", während niemand zu Hause war";
  return `Um ${when} Uhr ${happened[what]?.(at) ?? what}${alone}.${told}`;
}

/** A sentence that rules say, in German; undefined for one that is none of theirs. */
export function knownSentenceDe(text: string): string | undefined {
  if (Object.hasOwn(whole, text)) return whole[text];
  const alone = text.endsWith(".") ? text.slice(0, -1) : "";
  if (Object.hasOwn(events, alone)) return `${events[alone]}.`;
  for (const [pattern, tell] of patterns) {
    const found = pattern.exec(text);
    if (found !== null) return tell(...found.slice(1));
  }
  return summary(text);
}

/** The same, and any other text as it is. */
export function sentenceDe(text: string): string {
  return knownSentenceDe(text) ?? text;
}
