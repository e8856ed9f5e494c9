/** ONVIF, as far as the gateway speaks it: which cameras there are, where their pictures come from, and what they say that they see. */
import type { FetchedSource } from "../cameras-config.ts";
import type { Clock } from "../clock.ts";
import { chooseProfile, connect, type OnvifCamera, readDevice, withCredentials } from "./device.ts";

export { followNotices } from "./follow-notices.ts";
export type { Notice } from "./read-notice.ts";

export type OnvifSource = Extract<FetchedSource, { kind: "onvif" }>;
/** Where its pictures come from, in the words of the other kinds. */
type Resolved = Exclude<FetchedSource, OnvifSource>;

/** Rejects with words for the person when the camera is not to be had. */
export const connectTo = (source: OnvifSource, clock: Clock, signal?: AbortSignal): Promise<OnvifCamera> =>
  connect(readDevice(source.url), clock, signal);

/** Its stream, or single pictures where it has none. Asked anew at each connection, because cameras change it. */
export async function resolve(source: OnvifSource, clock: Clock): Promise<Resolved> {
  const camera = await connectTo(source, clock);
  const { credentials } = camera.device;
  const profile = chooseProfile(camera.profiles, source.profile);
  try {
    return { kind: "stream", url: withCredentials(await camera.streamUrl(profile), credentials) };
  } catch (error) {
    const picture = await camera.pictureUrl(profile);
    if (!picture) throw error;
    return { kind: "snapshot", url: withCredentials(picture, credentials) };
  }
}
