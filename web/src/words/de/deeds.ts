import type { say } from "../../people/say-deeds.ts";

const after = (whom: string) => (whom === "" ? "" : `: ${whom}`);

export const deeds: typeof say = {
  deeds: {
    "account.opened": (who) => `${who} hat das Konto eröffnet`,
    "account.changed": (who) => `${who} hat die Einstellungen geändert`,
    "account.export-asked": (who) => `${who} hat alles in einem Archiv angefordert`,
    "account.export-written": (who) => `${who} hat alles in ein Archiv geschrieben`,
    "account.erasure-asked": (who) => `${who} hat die Löschung des Kontos beantragt`,
    "account.erasure-called-off": (who) => `${who} hat die Löschung abgebrochen`,
    "subscription.doubled": (who) => `${who} hat gekündigt, was doppelt gekauft war`,
    "member.joined": (who) => `${who} ist beigetreten`,
    "member.changed": (who, whom) => `${who} hat ein Mitglied geändert${after(whom)}`,
    "member.removed": (who, whom) => `${who} hat ein Mitglied entfernt${after(whom)}`,
    "member.left": (who) => `${who} ist ausgetreten`,
    "invitation.created": (who) => `${who} hat eine Einladung erstellt`,
    "invitation.revoked": (who) => `${who} hat eine Einladung zurückgenommen`,
    "token.issued": (who, whom) => `${who} hat einen Token erstellt${after(whom)}`,
    "token.revoked": (who, whom) => `${who} hat einen Token widerrufen${after(whom)}`,
    "device.created": (who, whom) => `${who} hat ein Gerät hinzugefügt${after(whom)}`,
    "device.enrolled": (who, whom) => `${who} hat ein Gerät zugelassen${after(whom)}`,
    "device.removed": (who, whom) => `${who} hat ein Gerät entfernt${after(whom)}`,
    "enrolment.refused": (who) => `${who} hat ein Gerät abgewiesen`,
    "enrolment.locked": (who) => `${who} hat zu viele falsche Codes eingegeben`,
    "key.rotated": (who, whom) => `${who} hat einen Geräteschlüssel durch einen neuen ersetzt${after(whom)}`,
    "key.issued": (who, whom) => `${who} hat einen Geräteschlüssel erstellt${after(whom)}`,
    "key.revoked": (who, whom) => `${who} hat einen Geräteschlüssel widerrufen${after(whom)}`,
    "tier.changed": (who) => `${who} hat den Tarif geändert`,
    "checkout.opened": (who) => `${who} ist zum Kaufen gegangen`,
    "portal.opened": (who) => `${who} ist zum Ändern des Abonnements gegangen`,
    "consent.given": (who, whom) => `${who} hat eingewilligt, dass nach etwas gesucht wird${after(whom)}`,
    "consent.withdrawn": (who, whom) => `${who} hat eine Einwilligung widerrufen${after(whom)}`,
    "consent.erased": (who, whom) =>
      `${who} hat gelöscht, was unter einer Einwilligung gespeichert war${after(whom)}`,
    "source.rated": (who) => `${who} hat eine Quelle neu eingestuft`,
    "source.overruled": (who) => `${who} hat über eine Quelle anders entschieden`,
    "source.quota-set": (who) => `${who} hat geändert, was eine Quelle liefern darf`,
    "picture.judged": (who, whom) =>
      `${who} hat gesagt, welches von zwei Modellen bei einem Bild recht hat ${whom}`,
    "endpoint.created": (who, whom) => `${who} hat einen Empfänger hinzugefügt${after(whom)}`,
    "endpoint.removed": (who, whom) => `${who} hat einen Empfänger entfernt${after(whom)}`,
  },
  otherDeed: (who, action, whom) => `${who}: ${action}${after(whom)}`,
};
