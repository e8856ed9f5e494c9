/** The network between simulated processes: a request may be lost on its way, and so may its answer. */
import { rest, type Weather } from "./outside.ts";
import { type Process, type World } from "./world.ts";

type Handle = (path: string, init: RequestInit) => Response | Promise<Response>;

export type Network = {
  /** Requests go to this process from here on. */
  serve(process: Process, handle: Handle): void;
  /** @throws as `fetch` does when the connection breaks */
  ask(path: string, init: RequestInit): Promise<Response>;
};

/** A line that is slow holds an answer for so long. */
const slowMsMax = 8_000;

const broken = (code: string) => Object.assign(new TypeError("fetch failed"), { cause: { code } });

export function openNetwork(world: World, weather: () => Weather): Network {
  const chance = world.chance("network");
  let served: { process: Process; handle: Handle } | undefined;
  return {
    serve(process, handle) {
      served = { process, handle };
    },
    async ask(path, init) {
      const { method = "GET" } = init;
      await world.gate(`-> ${method} ${shortOf(path)}`, () => {
        if (chance.happens(weather().failing)) throw broken("ECONNRESET");
      });
      if (!served || served.process.isDead) throw broken("ECONNREFUSED");
      const { process, handle } = served;
      const answered = Promise.withResolvers<Response>();
      process.onKill.push(() => answered.reject(broken("ECONNRESET")));
      world
        .spawn(process, `${method} ${shortOf(path)}`, async () => handle(path, init))
        .then(answered.resolve, answered.reject);
      const answer = await answered.promise;
      const headers = new Headers(answer.headers);
      headers.set("date", new Date(world.nowMs).toUTCString());
      if (chance.happens(weather().slow)) await rest(world, chance.below(slowMsMax));
      const body = await answer.arrayBuffer();
      if (answer.status === 500) {
        world.violate("internal-error", `${method} ${shortOf(path)} was answered with 500`);
      }
      await world.gate(`<- ${answer.status}`, () => {
        if (chance.happens(weather().lost)) throw broken("ECONNRESET");
      });
      const isEmpty = answer.status === 204 || answer.status === 304;
      return new Response(isEmpty ? null : body, { status: answer.status, headers });
    },
  };
}

/** Ids and queries say nothing of what is asked. */
function shortOf(path: string): string {
  return path.replace(/\?.*$/, "").replaceAll(/_[0-9a-f]{32}/g, "_…");
}
