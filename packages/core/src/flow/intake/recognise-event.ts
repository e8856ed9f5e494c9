/** Whether an event that comes again is the one that is known, though its pictures were told in another way. */
import { inAccount } from "../../db/index.ts";
import * as Event from "../../event/index.ts";
import * as Evidence from "../../evidence/index.ts";
import { type Problem, problem } from "../../problem.ts";
import type { Services } from "../services.ts";
import { addEvidence, isSamePiece } from "./announce-evidence.ts";
import type { DeviceContext } from "./device-context.ts";
import { fingerprintOf, type Incoming, type Piece } from "./incoming.ts";

type Known = NonNullable<DeviceContext["known"]>;

/**
 * The same event may come whole, or begin and have its pictures announced one by one, once this way and once the other.
 * What comes whole and was left half announced adds what was missing.
 * @throws `event-id-reused` when it is another event
 */
export async function recognise(
  services: Services,
  accountId: string,
  known: Known,
  incoming: Incoming,
): Promise<void> {
  const { input, moments: told } = incoming;
  const isSame = hex(incoming.fingerprint) === known.fingerprint;
  if (isSame && !(input.moreEvidence && told.length > 0)) return;
  await inAccount(services.database, accountId, async (tx) => {
    const event = await Event.lock(tx, known.id);
    const there = (await Evidence.listOfEvent(tx, event.id)).map(Evidence.asAnnounced);
    // With the pieces of the one that came whole, or with none where they were announced one by one.
    const cameWhole = there.length > 0 && hex(fingerprintOf(input, there)) === known.fingerprint;
    const cameInPieces = hex(fingerprintOf(input, [])) === known.fingerprint;
    if (!cameWhole && !cameInPieces) throw anotherEvent(incoming);
    if (!input.moreEvidence && !isWhole(told, there)) throw anotherEvent(incoming);
    await addEvidence(tx, event, told, services.clock.now());
  });
}

/** Whether nothing is there that is not told. */
function isWhole(told: readonly Piece[], there: readonly Piece[]): boolean {
  return there.every((piece) => told.some((one) => isSamePiece(one, piece)));
}

function anotherEvent({ input }: Incoming): Problem {
  return problem(
    "event-id-reused",
    `this device already sent another event with the id ${input.id}; expected a new id`,
  );
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
