/** Events to the API: in batches where it takes batches, one by one where it does not. */
import { type Api, later, type Reply } from "./api.ts";
import type { AcceptedEvent } from "./read-answer.ts";

export type Poster = {
  /** A reply for each body, in order, or for the first ones; or one for all of them when none was looked at. */
  post(bodies: readonly string[]): Promise<Reply<Reply<AcceptedEvent>[]>>;
};

const done = (replies: Reply<AcceptedEvent>[]) => ({ kind: "answer", value: replies }) as const;

export function createPoster(api: Pick<Api, "postBatch" | "postEvent">): Poster {
  /** The version of the API that answers does not change often; a restart asks again. */
  let takesBatches = true;

  async function oneByOne(bodies: readonly string[]): Promise<Reply<Reply<AcceptedEvent>[]>> {
    const replies: Reply<AcceptedEvent>[] = [];
    for (const body of bodies) {
      const reply = await api.postEvent(body);
      // Nobody answers at this address who takes events.
      if (reply.kind === "absent") return later("no /v1/events there");
      if (reply.kind === "unauthorised") return reply;
      // The others would fare no better now; they are tried again with this one.
      if (reply.kind === "later" && reply.blame === "way") {
        return replies.length === 0 ? reply : done(replies);
      }
      replies.push(reply);
    }
    return done(replies);
  }

  return {
    async post(bodies) {
      if (!takesBatches) return oneByOne(bodies);
      const reply = await api.postBatch(bodies);
      if (reply.kind !== "absent") return reply;
      takesBatches = false;
      return oneByOne(bodies);
    },
  };
}
