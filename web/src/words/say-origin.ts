/** What is known of where pictures come from, and since when they are as they are. Nothing here calls one true. */
import { listed } from "./counted.ts";
import { spoken } from "./spoken.ts";

const by = (signer: string | undefined) => (signer === undefined ? "" : ` by ${signer}`);

export const say = spoken("origin", {
  allUnbroken: (count: number) =>
    `${count === 1 ? "The picture is" : `All ${count} pictures are`} in the evidence log as accepted, and unchanged since.`,
  someUnbroken: (count: number, of: number) =>
    `${count} of ${of} pictures are in the evidence log as accepted. What is not may be a minute too young for it, or older than it.`,
  changed: (numbers: readonly number[]) =>
    `${numbers.length === 1 ? "Picture" : "Pictures"} ${listed(numbers.map(String))}: not what was accepted, as the log has it.`,
  signedAt: (when: string) => `The log was signed ${when}.`,
  timeStamped: (when: string, stamped: string, authority: string) =>
    `The log was signed ${when}, and time-stamped ${stamped} by “${authority}”.`,
  cameBefore: {
    exact: (when: string) => `The very same file came before, as taken ${when}.`,
    repeat: (when: string) =>
      `Another file, but the same picture: the same camera sent it before, as taken ${when}.`,
    "none-found": (when: string) => `A picture came before, as taken ${when}.`,
    "cannot-tell": (when: string) => `A picture came before, as taken ${when}.`,
  },
  signedByGateway: (when: string) =>
    `Signed by its gateway when it was captured, ${when} by the gateway's clock.`,
  generated: (reasons: string) => `Generated or composed: ${reasons}.`,
  contradicts: (details: string) => `The file contradicts itself or its event: ${details}.`,
  novel: (details: string) =>
    `Not as files of this camera were: ${details}. So are those after an update, with other settings, or of another camera.`,
  unreadable: "Has a statement of origin that cannot be read.",
  remoteOnly: "Names a statement of origin elsewhere, which is not fetched.",
  trusted: (signer: string | undefined) => `Signed${by(signer)}, who is trusted here, and unchanged since.`,
  untrusted: (signer: string | undefined) =>
    `Signed${by(signer)}, and unchanged since. Nobody here has said that this signer is to be trusted.`,
  legacy: (signer: string | undefined) =>
    `Has a statement of origin${by(signer)} that is not valid by today's rules. There is no sign of a change.`,
  manifestAltered: "Has a statement of origin that was itself changed: it says nothing any more.",
  contentChanged: (signer: string | undefined) => `Was changed after it was signed${by(signer)}.`,
});
