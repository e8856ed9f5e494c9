/** What was told of the digests there are: over the stream, and to webhooks. */
import type { World } from "../walk/world.ts";
import type { Cast } from "./cast.ts";

type Row = {
  id: string;
  endpoint: string;
  subject: string;
  kind: string;
  state: string;
  attempts: number;
  waitMs: number;
};

/** @returns what is wrong; nothing when the promises were kept */
export async function findUntold({ base }: World, cast: Cast): Promise<string[]> {
  const faults = [...cast.faults, ...cast.hooks.flatMap((hook) => hook.faults)];
  const written = await base.owner<{ number: number }[]>`
    select number::float8 as number from stream_entry order by number`;
  const heard = cast.heard.map(({ number }) => number);
  if (JSON.stringify(heard) !== JSON.stringify(written.map(({ number }) => number))) {
    faults.push(
      `the stream has ${written.length} entries; the follower got ${heard.length}, ${new Set(heard).size} of them different`,
    );
  }
  const subjects = (await base.owner<{ id: string }[]>`select id from digest`).map(({ id }) => id);
  const streamed = cast.heard.filter(({ kind }) => kind === "digest").map(({ subject }) => subject);
  const told = await listTellings(base);
  for (const id of subjects) {
    const times = streamed.filter((subject) => subject === id).length;
    if (times !== 1) faults.push(`${id} came ${times} times over the stream`);
    const ids = told.filter((row) => row.subject === id && row.kind === "digest").map((row) => row.id);
    if (ids.length !== cast.hooks.length) {
      faults.push(`${id} has ${ids.length} deliveries of ${cast.hooks.length}`);
    }
    cast.hooks.forEach(({ told: received }, index) => {
      const under = [...received].filter(
        ([, each]) => each.subject === id && each.type === "vigil.digest.v1",
      );
      if (under.length !== 1) faults.push(`${id} reached webhook ${index} under ${under.length} ids`);
    });
  }
  faults.push(
    ...told.filter(({ state }) => state !== "delivered").map(({ id, state }) => `${id} is ${state}`),
  );
  return faults;
}

export function listTellings({ owner }: World["base"]): Promise<Row[]> {
  return owner<Row[]>`
    select id, endpoint_id as endpoint, message ->> 'subject' as subject, kind, state, attempts,
      (extract(epoch from ended_at - created_at) * 1000)::int as "waitMs" from delivery`;
}
