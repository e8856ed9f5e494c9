/**
 * Adding a camera from the local page: those on the network are found, one is looked through, and is added as it was seen. What
 * was looked through is held here with its password, which is on no page.
 */
import { randomUUID } from "node:crypto";
import { isIP } from "node:net";
import * as z from "zod";
import type { Cameras } from "../cameras/index.ts";
import { CameraConfig, type FetchedSource } from "../cameras-config.ts";
import type { Clock } from "../clock.ts";
import { discover, type Found } from "../onvif/discover.ts";
import { ownNetworks } from "../receivers/door.ts";
import { createAllowList } from "../sensors/listen.ts";
import { readCorners } from "./change-camera.ts";

export type Looked = { id: string; shown: string; picture: Buffer };
type Held = Looked & { source: FetchedSource; atMs: number };

export type AddCamera = {
  discover(): Promise<readonly Found[]>;
  /** Rejects with words for the person when there is no picture to be had. */
  look(form: Record<string, string>): Promise<Looked>;
  picture(id: string): Buffer | undefined;
  /** @returns the camera's name. Rejects with words for the person, `NotKept` among them */
  add(form: Record<string, string>): Promise<string>;
};

const heldMax = 8;
const heldMsMax = 15 * 60_000;
/** Each holds a decoder. */
const looksAtOnceMax = 2;

const LookForm = z.object({
  url: z.string().trim().max(500),
  user: z.string().max(64).default(""),
  password: z.string().max(128).default(""),
});
const AddForm = z.object({
  id: z.string(),
  name: CameraConfig.shape.name,
  place: CameraConfig.shape.place,
  polygon: z.string().max(4_000).default(""),
});

const wordsOf = (error: z.ZodError) =>
  error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");

/** The kind of a camera by its address. Throws a RangeError with words for the person. */
function sourceOf({
  url: text,
  user,
  password,
}: z.infer<typeof LookForm>): Exclude<FetchedSource, { kind: "usb" }> {
  const url = URL.parse(text);
  if (!url) throw new RangeError("expected the address of a camera, such as rtsp://10.0.0.7/sub");
  if (user !== "") url.username = encodeURIComponent(user);
  if (password !== "") url.password = encodeURIComponent(password);
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  // The page would otherwise make this machine ask whomever its reader likes; a name may lead anywhere later.
  if (isIP(host) === 0) {
    throw new RangeError("expected the camera's IP address; gateway.yaml takes names too");
  }
  if (!createAllowList(ownNetworks())(host)) {
    throw new RangeError(`${host} is in none of this machine's networks; gateway.yaml takes it`);
  }
  if (/^rtsps?:$/.test(url.protocol)) return { kind: "stream", url: url.href };
  if (!/^https?:$/.test(url.protocol)) throw new RangeError("expected an address of rtsp, http or https");
  const isOnvif = /onvif/i.test(url.pathname) || url.pathname === "/";
  if (!isOnvif) return { kind: "snapshot", url: url.href };
  if (url.pathname === "/") url.pathname = "/onvif/device_service";
  return { kind: "onvif", url: url.href, events: true };
}

export function createAddCamera({
  cameras,
  clock,
  find = discover,
}: {
  cameras: Pick<Cameras, "preview" | "add">;
  clock: Clock;
  find?: typeof discover | undefined;
}): AddCamera {
  const held = new Map<string, Held>();
  let looking = 0;
  let finding: Promise<Found[]> | undefined;

  function forget(): void {
    for (const [id, { atMs }] of held) if (clock.monotonicMs() - atMs > heldMsMax) held.delete(id);
    while (held.size >= heldMax) held.delete(held.keys().next().value ?? "");
  }

  return {
    discover() {
      // Whoever asks while somebody else does gets what that one finds.
      finding ??= find().finally(() => {
        finding = undefined;
      });
      return finding;
    },
    async look(form) {
      const asked = LookForm.safeParse(form);
      if (!asked.success) throw new RangeError(wordsOf(asked.error));
      const source = sourceOf(asked.data);
      if (looking >= looksAtOnceMax) throw new RangeError("others are looked through; try again in a moment");
      looking++;
      try {
        const { picture } = await cameras.preview(source);
        forget();
        const id = randomUUID();
        const looked = { id, shown: new URL(source.url).host, picture };
        held.set(id, { ...looked, source, atMs: clock.monotonicMs() });
        return looked;
      } finally {
        looking--;
      }
    },
    picture: (id) => held.get(id)?.picture,
    async add(form) {
      const asked = AddForm.safeParse(form);
      if (!asked.success) throw new RangeError(wordsOf(asked.error));
      const { id, name, place, polygon } = asked.data;
      const found = held.get(id);
      if (!found) throw new RangeError("that was looked through too long ago; look again");
      const zones = polygon === "" ? [] : [{ name: place, polygon: readCorners(polygon) }];
      const camera = CameraConfig.safeParse({ name, place, source: found.source, zones });
      if (!camera.success) throw new RangeError(wordsOf(camera.error));
      held.delete(id);
      await cameras.add(camera.data);
      return name;
    },
  };
}
