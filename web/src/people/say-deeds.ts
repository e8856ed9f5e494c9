/** What was done in an account. */
import { spoken } from "../words/spoken.ts";

const deeds: Readonly<Record<string, (who: string, whom: string) => string>> = {
  "account.opened": (who: string) => `${who} opened the account`,
  "account.changed": (who: string) => `${who} changed the settings`,
  "account.export-asked": (who: string) => `${who} asked for everything in an archive`,
  "account.export-written": (who: string) => `${who} wrote everything into an archive`,
  "account.erasure-asked": (who: string) => `${who} asked for the account to be erased`,
  "account.erasure-called-off": (who: string) => `${who} called the erasure off`,
  "subscription.doubled": (who: string) => `${who} cancelled what was bought twice`,
  "member.joined": (who: string) => `${who} joined`,
  "member.changed": (who: string, whom: string) => `${who} changed ${whom}`,
  "member.removed": (who: string, whom: string) => `${who} removed ${whom}`,
  "member.left": (who: string) => `${who} left`,
  "invitation.created": (who: string) => `${who} made an invitation`,
  "invitation.revoked": (who: string) => `${who} took an invitation back`,
  "token.issued": (who: string, whom: string) => `${who} made a token ${whom}`,
  "token.revoked": (who: string, whom: string) => `${who} revoked a token ${whom}`,
  "device.created": (who: string, whom: string) => `${who} added ${whom}`,
  "device.enrolled": (who: string, whom: string) => `${who} let in ${whom}`,
  "device.removed": (who: string, whom: string) => `${who} removed ${whom}`,
  "enrolment.refused": (who: string) => `${who} turned a device away`,
  "enrolment.locked": (who: string) => `${who} typed too many wrong codes`,
  "key.rotated": (who: string, whom: string) => `${who} put a new device key in the place of the old ${whom}`,
  "key.issued": (who: string, whom: string) => `${who} made a device key ${whom}`,
  "key.revoked": (who: string, whom: string) => `${who} revoked a device key ${whom}`,
  "tier.changed": (who: string) => `${who} changed the tier`,
  "checkout.opened": (who: string) => `${who} went to buy`,
  "portal.opened": (who: string) => `${who} went to change the subscription`,
  "consent.given": (who: string, whom: string) => `${who} consented to something being looked for ${whom}`,
  "consent.withdrawn": (who: string, whom: string) => `${who} withdrew a consent ${whom}`,
  "consent.erased": (who: string, whom: string) => `${who} erased what was stored under a consent ${whom}`,
  "source.rated": (who: string) => `${who} rated a source anew`,
  "source.overruled": (who: string) => `${who} said otherwise of a source`,
  "source.quota-set": (who: string) => `${who} changed what a source may give`,
  "picture.judged": (who: string, whom: string) =>
    `${who} said which of two models is right about a picture ${whom}`,
  "endpoint.created": (who: string, whom: string) => `${who} added a place to be told ${whom}`,
  "endpoint.removed": (who: string, whom: string) => `${who} removed a place to be told ${whom}`,
};

export const say = spoken("deeds", {
  /** By whom, and to whom; `""` where it is nobody else. */
  deeds,
  otherDeed: (who: string, action: string, whom: string) => `${who} ${action} ${whom}`,
});
