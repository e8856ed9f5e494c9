/**
 * The worker uses the model that its API names. The next engine (a detector, and the pipe around it) is made ready while the one
 * before works on; then it takes the jobs, and the one before finishes what it has in hand: no job is lost, and each is seen
 * by one model from beginning to end.
 */
import type { HeartbeatReply } from "@vigil/core/worker/wire";
import type { Log } from "./observe/log.ts";
import type { Pipe } from "./pipe/pipe.ts";

type ModelName = NonNullable<HeartbeatReply["model"]>;

export type Engine = {
  model: ModelName;
  pipe: Pick<Pipe, "run" | "stop" | "giveWay">;
  /** The engine before has nothing in hand any more, and need not be held. */
  onAlone(): void;
  /** Once nothing is in hand. */
  close(): Promise<void>;
};

export interface Follower<E extends Engine> {
  readonly engine: E;
  /** Called with every heartbeat's answer; null: what the worker was started with. */
  follow(wanted: ModelName | null): void;
  /** Works until `stop`; resolves when all is drained and closed. Rejects when an engine went down. */
  run(): Promise<void>;
  stop(): void;
}

export type FollowerParts<E extends Engine> = {
  first: E;
  /** Throws when this machine has no such model. */
  make: (wanted: ModelName) => Promise<E>;
  /** The engine takes the place of the one before. */
  onChange: (engine: E) => void;
  log: Log;
  now?: () => number;
};

/** A model that this machine does not have is not asked for with every heartbeat. */
const retryMs = 60_000;

export function createFollower<E extends Engine>({
  first,
  make,
  onChange,
  log,
  now = () => performance.now(),
}: FollowerParts<E>): Follower<E> {
  let engine = first;
  let isStopped = false;
  let changing: Promise<void> | undefined;
  let failed: { sha256: string; at: number } | undefined;
  const ended = Promise.withResolvers<void>();
  // Whoever runs the worker waits for it; an engine may go down before that.
  ended.promise.catch(() => undefined);

  /** Resolves when the engine has drained. */
  async function start(started: E): Promise<void> {
    try {
      await started.pipe.run();
      if (isStopped && started === engine) ended.resolve();
    } catch (error) {
      ended.reject(error);
    }
  }

  async function change(wanted: ModelName): Promise<void> {
    const before = engine;
    const next = await make(wanted);
    if (isStopped) {
      next.pipe.giveWay();
      await next.close();
      return;
    }
    engine = next;
    onChange(next);
    const draining = running;
    before.pipe.giveWay();
    running = start(next);
    log.info({ model: wanted, before: before.model }, "another model takes the jobs");
    await draining;
    next.onAlone();
    await before.close();
  }

  let running: Promise<void> = Promise.resolve();
  return {
    get engine() {
      return engine;
    },
    follow(wanted) {
      const target = wanted ?? first.model;
      if (isStopped || changing || target.sha256 === engine.model.sha256) return;
      if (failed?.sha256 === target.sha256 && now() - failed.at < retryMs) return;
      changing = change(target)
        .catch((error: unknown) => {
          failed = { sha256: target.sha256, at: now() };
          log.error(
            { err: error, model: target, inUse: engine.model },
            "the model could not be taken into use",
          );
        })
        .finally(() => {
          changing = undefined;
        });
    },
    async run() {
      running = start(engine);
      try {
        await ended.promise;
      } finally {
        isStopped = true;
        await changing;
        await engine.close();
      }
    },
    stop() {
      isStopped = true;
      engine.pipe.stop();
    },
  };
}
