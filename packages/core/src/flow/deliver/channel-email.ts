/** Tells an e-mail address: text and HTML, the key pictures of a digest on one contact sheet, one-click unsubscribe. */

import * as Account from "../../account/index.ts";
import { inAccount } from "../../db/index.ts";
import type { Attempted, Delivery } from "../../delivery/index.ts";
import type { Endpoint } from "../../endpoint/index.ts";
import { evidence as evidenceLimits, delivery as limits } from "../../limits.ts";
import type { Mailer } from "../../platform/mail.ts";
import { listKeyPictures } from "../read/read-digests.ts";
import type { Services } from "../services.ts";
import type { Channel } from "./attempt-delivery.ts";
import { linkOf } from "./change-endpoints.ts";
import { drawContactSheet } from "./draw-contact-sheet.ts";
import { writeEmail } from "./write-email.ts";

const picturesMax = 4;
const contactSheet = "contact-sheet";

export function emailChannel(services: Services, mailer: Mailer | undefined): Channel {
  return async ({ endpoint, delivery, target }) => {
    if (!mailer) return failed("e-mail is not set up on this installation");
    const unsubscribe = delivery.kind === "confirm" ? null : linkOf(services, "unsubscribe", endpoint);
    const { timeZone, sheet } = await illustrate(services, endpoint, delivery);
    const written = writeEmail(delivery, { timeZone, pictures: sheet?.count ?? 0, unsubscribe });
    try {
      await withDeadline(
        mailer.send({
          to: target,
          ...written,
          pictures: sheet
            ? [{ cid: contactSheet, bytes: sheet.jpeg, contentType: "image/jpeg", filename: "pictures.jpg" }]
            : [],
          messageId: `<${delivery.id}@${mailDomain(services)}>`,
          inReplyTo: `<thread.${delivery.thread.replaceAll(/[^A-Za-z0-9._-]/g, "-")}@${mailDomain(services)}>`,
          headers: { ...headersOf(unsubscribe), ...mannersOf(delivery) },
        }),
      );
      return { status: 250, retryAfterMs: 0, error: null, final: false };
    } catch (error) {
      return judge(error);
    }
  };
}

/** Mail programs show what answers the same message as one thread, also when that message never came. */
function mailDomain({ telling }: Services): string {
  return new URL(telling.consoleOrigin).hostname;
}

/** RFC 8058: mail programs offer a button that needs no page. */
function headersOf(unsubscribe: string | null): Record<string, string> {
  if (unsubscribe === null) return {};
  return { "List-Unsubscribe": `<${unsubscribe}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" };
}

/** Written by a program (RFC 3834), which no holiday note answers; what only adds to what rang asks for no attention. */
function mannersOf({ message }: Delivery): Record<string, string> {
  return { "Auto-Submitted": "auto-generated", ...(message.data.rings ? {} : { Importance: "low" }) };
}

async function illustrate(services: Services, endpoint: Endpoint, delivery: Delivery) {
  const { timeZone, pictures } = await inAccount(services.database, delivery.accountId, async (tx) => ({
    timeZone: (await Account.get(tx, delivery.accountId)).timeZone,
    pictures: ["digest", "addendum"].includes(delivery.kind)
      ? await listKeyPictures(tx, delivery.message.subject, picturesMax)
      : [],
  }));
  const fetched = await Promise.all(
    pictures.map(async ({ key, finding }) => ({
      // Evidence that was deleted meanwhile is left out; the mail still tells what was seen.
      bytes: await services.blobs.read(key, evidenceLimits.bytesMax).catch(() => undefined),
      detections: finding?.detections ?? [],
    })),
  );
  const present = fetched.flatMap(({ bytes, detections }) => (bytes ? [{ bytes, detections }] : []));
  return { timeZone, sheet: await drawContactSheet(present, { boxes: endpoint.boxes }) };
}

/** A reply of the 500s is final for this message and address (RFC 5321, 4.2.1); anything else may pass. */
function judge(error: unknown): Attempted {
  const code = (error as { responseCode?: unknown }).responseCode;
  if (typeof code !== "number") return failed("the mail server did not answer");
  return { ...failed(`the mail server answered ${code}`), status: code, final: code === 550 || code === 553 };
}

function failed(error: string): Attempted {
  return { status: null, retryAfterMs: 0, error, final: false };
}

async function withDeadline(sending: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("the mail server took too long")), limits.attemptMsMax);
  });
  await Promise.race([sending, late]).finally(() => clearTimeout(timer));
}
