/** The calls by which an event is reported in pieces, for the device that sent it. */
import type { AnnouncedEvidence, Upload } from "@vigil/core/event/wire";
import * as z from "zod";
import type { Upstream } from "./upstream.ts";

/** What of an answer matters here; the rest goes to the device as it came. */
const Begun = z.looseObject({ id: z.string() });
export type Begun = { accepted: z.infer<typeof Begun>; headers: Headers };

const Piece = z.looseObject({
  upload: z
    .object({ method: z.literal("PUT"), url: z.url(), headers: z.record(z.string(), z.string()) })
    .nullable(),
});
export type PieceUpload = Pick<Upload, "method" | "url" | "headers">;

const Sealed = z.looseObject({ sealed: z.boolean(), uploads: z.array(z.unknown()) });
export type Sealed = z.infer<typeof Sealed>;

/** The API refused, and the device is answered so. */
export class AnsweredByApi extends Error {
  override readonly name = "AnsweredByApi";
  readonly answer: Response;

  constructor(answer: Response) {
    super(`the API answered ${answer.status}`);
    this.answer = new Response(answer.body, answer);
  }
}

export type EventApi = {
  /** @param event as it came, but for its pictures */
  begin(event: object): Promise<Begun>;
  /** @returns where to put it; null: it is there */
  announce(eventId: string, piece: AnnouncedEvidence): Promise<PieceUpload | null>;
  seal(eventId: string, pieces: number): Promise<Sealed>;
};

/** All of them throw `AnsweredByApi`, and `unavailable`. */
export function createEventApi(upstream: Upstream, asked: Request, requestId: string): EventApi {
  const call = async (path: string, body?: object, more?: Record<string, string>): Promise<Response> => {
    const answer = await upstream.call(asked, requestId, path, body, more);
    if (!answer.ok) throw new AnsweredByApi(answer);
    return answer;
  };
  const idempotencyKey = asked.headers.get("idempotency-key");
  return {
    async begin(event) {
      const more = idempotencyKey === null ? {} : { "idempotency-key": idempotencyKey };
      const answer = await call("/v1/events", { ...event, evidence: undefined, moreEvidence: true }, more);
      return { accepted: Begun.parse(await answer.json()), headers: answer.headers };
    },
    async announce(eventId, piece) {
      return Piece.parse(await (await call(`/v1/events/${eventId}/evidence`, piece)).json()).upload;
    },
    async seal(eventId, pieces) {
      return Sealed.parse(await (await call(`/v1/events/${eventId}/seal?pieces=${pieces}`)).json());
    },
  };
}
