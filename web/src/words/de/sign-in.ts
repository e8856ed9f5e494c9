import type { say } from "../../sign-in/say.ts";
import { mark } from "../mark.ts";

export const signIn: typeof say = {
  language: "Sprache",
  lead: "Was Ihre Kameras gesehen haben, in wenigen ruhigen Sätzen.",
  byToken: "Stattdessen mit Mitglieds-Token anmelden",
  byEmail: "Stattdessen per E-Mail anmelden",
  email: "E-Mail-Adresse",
  youGetACode: "Sie erhalten einen Code zum Anmelden. Auch wer neu hier ist, beginnt so.",
  sendCode: "Code zusenden",
  withPasskey: "Passkey verwenden",
  onItsWay: (email) => `Ein Code ist unterwegs an ${mark(email)}.`,
  readLocalMail: "E-Mails dieser lokalen Installation lesen",
  code: "Code",
  anotherAddress: "Andere Adresse oder neuer Code",
  token: "Mitglieds-Token",
  tokenStays: "Er bleibt in diesem Tab und wird beim Schließen vergessen.",
  pasteFirst: "Fügen Sie zuerst einen Mitglieds-Token ein.",
  isDeviceKey:
    "Das ist der Schlüssel eines Geräts. Die Konsole braucht einen Mitglieds-Token, der mit vgl_mem_ beginnt.",
  isOtherKey:
    "Dieser Schlüssel gehört einem Worker oder Betreiber. Die Konsole braucht einen Mitglieds-Token, der mit vgl_mem_ beginnt.",
  noToken: "Ein Mitglieds-Token beginnt mit vgl_mem_ und enthält keine Leerzeichen.",
};
