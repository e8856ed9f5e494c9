import type { say } from "../../check/say.ts";

export const check: typeof say = {
  pageTitle: "Echtheit · Vigil",
  title: "Echtheit",
  lead: "Fragen Sie nach einem Text, einem Bild oder einer Aufnahme: was es über seine eigene Herkunft sagt, was daran zu sehen ist, und ob es erzeugt wurde, soweit man das wissen kann. Es wird nicht aufbewahrt; sein Fingerabdruck, seine Größe und die Antwort schon.",
  what: "Was es ist",
  text: "Ein Text",
  pictureOrRecording: "Ein Bild oder eine Aufnahme",
  kinds: { text: "Ein Text", image: "Ein Bild", audio: "Eine Tonaufnahme", video: "Ein Video" },
  address: "Eine Adresse",
  pasteText: "Der Text",
  chooseFile: "Ein Bild bis 4 MB, Ton bis 64 MB oder ein Video bis 128 MB",
  steps: {
    hashing: "Die Datei wird gelesen…",
    uploading: "Wird hochgeladen…",
    waiting: "Hochgeladen. Sobald Zeit ist, wird sie geprüft; das kann einige Minuten dauern.",
  },
  uploadRefused:
    "Was ankam, ist nicht die angekündigte Aufnahme. Sie wurde gelesen, daher sind die Punkte verbraucht.",
  uploadGivenBack: "Niemand konnte sie prüfen. Es hat nichts gekostet: Versuchen Sie es später noch einmal.",
  typeAddress: "Wo ein Bild oder ein einfacher Text steht, mit https://",
  label: "Ein Name dafür, wenn Sie möchten",
  ask: "Prüfen",
  asking: "Wird geprüft…",
  nothingGiven: "Noch ist nichts da, was geprüft werden könnte.",
  left: (left, points) =>
    `Heute sind noch ${left} von ${points} Punkten übrig. Ein Text kostet 1, ein Bild oder eine Adresse 3, Ton 4, ein Video 6.`,
  answer: "Was sich darüber sagen lässt",
  before: "Was geprüft wurde",
  nothingYet: "Noch wurde nichts geprüft.",
  save: "Als Tabelle speichern",
  measured: "Wie oft Antworten falsch sind",
  experimental:
    "Diese Antwort ist ein Versuch: ob man aus den Texten dahinter lernen darf, ist nicht sicher, oder sie ist nicht gut genug.",
  silent: "Es sagt nichts über seine eigene Herkunft. Die meisten sagen nichts: das beweist nichts.",
  noMarks: "Es ist nichts Auffälliges daran zu sehen.",
  marks: {
    "hidden-characters": (detail) => `Es stehen Zeichen darin, die niemand sieht (${detail}).`,
    "hidden-message": (detail) =>
      `Es können Wörter darin verborgen sein, geschrieben mit Zeichen, die niemand sieht (${detail}).`,
    "direction-controls": (detail) =>
      `Einige Zeichen ändern die Reihenfolge, in der andere gezeigt werden (${detail}).`,
    "mixed-alphabets": (detail) =>
      `Wörter mischen Buchstaben mehrerer Alphabete, die gleich aussehen (${detail}).`,
    "assistant-marks": (detail) =>
      `Es enthält, was ein Schreibassistent hinterlässt, wenn man seine Antwort kopiert (${detail}).`,
    "assistant-phrase": (detail) => `Ein Assistent spricht darin von sich selbst (${detail}).`,
    "name-differs": (detail) => `Sein Name ist der einer anderen Art von Datei (${detail}).`,
    "exif-size-differs": (detail) => `Es hat nicht die Größe, die es angibt (${detail}).`,
    "length-differs": (detail) => `Es ist nicht so lang, wie es sagt, wie nach einem Abbruch (${detail}).`,
    "time-ahead": (detail) => `Es sagt, dass es zu einer Zeit entstand, die noch kommt (${detail}).`,
    "statement-altered": (detail) => `Seine Herkunftserklärung wurde verändert (${detail}).`,
    "content-changed": (detail) => `Es wurde verändert, nachdem es signiert worden war (${detail}).`,
  },
  saysGenerated: {
    signed: (what) =>
      `Es sagt selbst, dass ein Programm es ganz oder teilweise erzeugt hat (${what}). Das ist signiert und seither unverändert.`,
    written: (what) =>
      `Es sagt selbst, dass ein Programm es ganz oder teilweise erzeugt hat (${what}). Das kann jeder hineingeschrieben haben.`,
  },
  saysCaptured: {
    signed: (what) =>
      `Es sagt selbst, dass eine Kamera es aufgenommen hat (${what}). Das ist signiert und seither unverändert.`,
    written: (what) =>
      `Es sagt selbst, dass eine Kamera es aufgenommen hat (${what}). Das kann jeder hineingeschrieben haben.`,
  },
  declared: "Es sagt selbst, dass es erzeugt wurde.",
  cannotTell: (why) => `Ob es erzeugt wurde, kann hier niemand sagen: ${why}.`,
  likely: (probability) =>
    `Es gleicht Texten, die Programme geschrieben haben (${probability}). Das ist kein Beweis.`,
  wrong: (wrong, people, rate, rateMax) =>
    `Solche Antworten waren bei ${wrong} von ${people} Texten dieser Art falsch, die Menschen geschrieben haben: ${rate}, und bis zu ${rateMax} sind nicht auszuschließen.`,
  noneFound: (missed) =>
    `Es gleicht nicht Texten, die Programme geschrieben haben. Das beweist nichts: ${missed} von deren Texten werden nicht gefunden.`,
  statuses: {
    declared: "sagt, dass es erzeugt wurde",
    likely: "gleicht erzeugten Texten",
    "none-found": "nichts gefunden",
    "cannot-tell": "nicht zu sagen",
  },
  file: (sha256, bytes) => `SHA-256 ${sha256}, ${bytes} Byte`,
  inList: (when, status) => `${when}: ${status}`,
  inListOdd: (when, status, odd) => `${when}: ${status}, ${odd} auffällig`,
  heads: { text: "Texte", image: "Bilder", audio: "Ton", video: "Video" },
  known: "Arten von Text, aus denen gelernt wurde",
  unknown: "Andere Arten, und andere Programme",
  texts: "Texte",
  columns: {
    coverage: "Beantwortet",
    falsePositives: "Von Menschen, erzeugt genannt",
    found: "Erzeugt, gefunden",
    labelled: "Gemessen mit",
  },
  log: "Das Beweisprotokoll",
  logIs:
    "Alle Beweise und alles, was Berichte sagen, steht in einem signierten Protokoll, das nur wächst. Bevor etwas dazukommt, muss es die Wurzel ergeben, die zuletzt signiert wurde.",
  logEmpty: "Es steht noch nichts darin.",
  logSize: "Einträge",
  logSigned: "Signiert",
  logAt: (when, ago) => `${when} (${ago}): wieder signiert wird es, wenn es gewachsen ist`,
  logStamped: "Zeitstempel",
  logStampedBy: (authority, when) => `${authority}, ${when}`,
  logNotStamped: "Diesen Stand hat keine Stelle gestempelt.",
  logFirst:
    "Dieser Browser merkt sich diesen Stand und prüft nächstes Mal, dass das Protokoll ihn fortsetzt.",
  logContinued: (size, when) =>
    `In diesem Browser geprüft: Es beginnt mit genau den ${size} Einträgen, die es am ${when} hatte.`,
  logBroken: (size, when) =>
    `Es beginnt nicht mit den ${size} Einträgen, die dieser Browser am ${when} sah. Etwas wurde geändert oder herausgenommen, oder dies ist eine andere Installation: Fragen Sie, wer sie betreibt.`,
  interval: (rate, from, to) => `${rate} (${from} bis ${to})`,
};
