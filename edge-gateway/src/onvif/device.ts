/** What an ONVIF camera has: its clock, its services, its profiles, and the addresses of their streams and pictures. */
import type { Credentials } from "../access/digest-access.ts";
import { readAddress } from "../access/read-address.ts";
import type { Clock } from "../clock.ts";
import { call, type Device, onItsHost } from "./call.ts";
import { childrenOf, type Element, escapeXml, findDeep, textAt, within } from "./read-xml.ts";

const askMsMax = 8_000;
const deviceNamespace = "http://www.onvif.org/ver10/device/wsdl";
const mediaNamespace = "http://www.onvif.org/ver10/media/wsdl";
const media2Namespace = "http://www.onvif.org/ver20/media/wsdl";
const eventsNamespace = "http://www.onvif.org/ver10/events/wsdl";
const schema = "http://www.onvif.org/ver10/schema";

export type Profile = { token: string; name: string; encoding: string; width: number; height: number };

export type OnvifCamera = {
  device: Device;
  /** Its clock against this machine's; undefined when it does not tell its time. */
  clockAheadMs: number | undefined;
  profiles: Profile[];
  /** Where events are subscribed to; undefined when it has none. */
  events: URL | undefined;
  streamUrl(profile: Profile): Promise<URL>;
  /** Undefined when the camera gives none. */
  pictureUrl(profile: Profile): Promise<URL | undefined>;
};

/** Milliseconds since 1970; undefined where the camera does not say. ONVIF Core, 8.3.5: UTC in numbers, each by itself. */
function readTime(answer: Element): number | undefined {
  const utc = findDeep(answer, "UTCDateTime");
  const numbers = [
    ["Date", "Year"],
    ["Date", "Month"],
    ["Date", "Day"],
    ["Time", "Hour"],
    ["Time", "Minute"],
    ["Time", "Second"],
  ].map((path) => Number(textAt(utc, ...path) || Number.NaN));
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = numbers;
  if (numbers.some((number) => !Number.isInteger(number)) || year < 1970 || year > 9_999) return undefined;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

type Services = { media: URL; isMedia2: boolean; events: URL | undefined };

function servicesOf(device: URL, addresses: ReadonlyMap<string, string>): Services {
  const found = (namespace: string) => {
    const named = addresses.get(namespace);
    return named === undefined || named === "" ? undefined : onItsHost(device, named);
  };
  const media = found(mediaNamespace);
  const media2 = found(media2Namespace);
  if (!media && !media2) {
    throw new RangeError("it has no media service, by which it would say where its stream is");
  }
  return { media: media ?? (media2 as URL), isMedia2: media === undefined, events: found(eventsNamespace) };
}

/** By the newer question, and by the older one where a camera does not know that. */
async function readServices(device: Device, signal: AbortSignal | undefined): Promise<Services> {
  const ask = (body: string) => call(device, { body, msMax: askMsMax, signal });
  try {
    const answer = await ask(
      `<GetServices xmlns="${deviceNamespace}"><IncludeCapability>false</IncludeCapability></GetServices>`,
    );
    const named = childrenOf(answer, "Service").map(
      (one) => [textAt(one, "Namespace"), textAt(one, "XAddr")] as const,
    );
    return servicesOf(device.url, new Map(named));
  } catch (error) {
    const answer = await ask(
      `<GetCapabilities xmlns="${deviceNamespace}"><Category>All</Category></GetCapabilities>`,
    ).catch(() => Promise.reject(error));
    const has = within(answer, "Capabilities");
    const named = [
      [mediaNamespace, textAt(has, "Media", "XAddr")],
      [eventsNamespace, textAt(has, "Events", "XAddr")],
    ] as const;
    return servicesOf(device.url, new Map(named));
  }
}

function readProfiles(answer: Element): Profile[] {
  return childrenOf(answer, "Profiles").flatMap((profile) => {
    const encoder = findDeep(profile, "VideoEncoderConfiguration") ?? findDeep(profile, "VideoEncoder");
    const token = profile.attributes.get("token");
    if (token === undefined || !encoder) return [];
    const size = within(encoder, "Resolution");
    return {
      token,
      name: textAt(profile, "Name") || token,
      encoding: textAt(encoder, "Encoding"),
      width: Number(textAt(size, "Width")) || 0,
      height: Number(textAt(size, "Height")) || 0,
    };
  });
}

/** Narrower pictures show too little of a person. */
const widthMin = 320;

/** The named one; else the smallest that shows enough, because each camera's stream is decoded all day. */
export function chooseProfile(profiles: readonly Profile[], named: string | undefined): Profile {
  const found = profiles.find(({ name, token }) => name === named || token === named);
  if (found) return found;
  if (named !== undefined) {
    throw new RangeError(`it has no profile ${named}, but ${profiles.map(({ name }) => name).join(", ")}`);
  }
  const [chosen] = profiles.toSorted(
    (a, b) =>
      Number(a.width < widthMin) - Number(b.width < widthMin) || a.width * a.height - b.width * b.height,
  );
  if (!chosen) throw new RangeError("it has no profile with video");
  return chosen;
}

export type DeviceAddress = { url: URL; credentials: Credentials | undefined };

/** @param address of the device service, with name and password */
export function readDevice(address: string): DeviceAddress {
  const { url, credentials } = readAddress(address);
  return { url: new URL(url), credentials };
}

/** Rejects with words for the person when the camera is not to be had. */
export async function connect(
  { url, credentials }: DeviceAddress,
  clock: Clock,
  signal?: AbortSignal,
): Promise<OnvifCamera> {
  let atBoot: number | undefined;
  const device: Device = {
    url,
    credentials,
    // Measured against the clock that never jumps: this machine's may be set meanwhile.
    nowMs: () => (atBoot === undefined ? undefined : atBoot + clock.monotonicMs()),
  };
  // Asked without a password, as ONVIF has it: a token needs the camera's time.
  const time = await call(
    { ...device, credentials: undefined },
    { body: `<GetSystemDateAndTime xmlns="${deviceNamespace}"/>`, msMax: askMsMax, signal },
  ).catch((error: unknown) => {
    // One that wants the password for its time as well is taken to have ours.
    if (error instanceof Error && error.name === "SoapFault") return undefined;
    throw error;
  });
  const timeMs = time && readTime(time);
  if (timeMs !== undefined) atBoot = timeMs - clock.monotonicMs();
  const services = await readServices(device, signal);
  const { media, isMedia2, events } = services;
  const ask = (body: string) => call(device, { url: media, body, msMax: askMsMax, signal });
  const namespace = isMedia2 ? media2Namespace : mediaNamespace;
  const wanted = isMedia2 ? "<Type>VideoEncoder</Type>" : "";
  const profiles = readProfiles(await ask(`<GetProfiles xmlns="${namespace}">${wanted}</GetProfiles>`));

  async function askAddress(what: string, inside: string): Promise<string> {
    const answer = await ask(`<${what} xmlns="${namespace}">${inside}</${what}>`);
    return textAt(findDeep(answer, "Uri"));
  }

  return {
    device,
    clockAheadMs: timeMs === undefined ? undefined : timeMs - clock.now().getTime(),
    profiles,
    events,
    async streamUrl({ token }) {
      const profile = `<ProfileToken>${escapeXml(token)}</ProfileToken>`;
      const setup = `<StreamSetup><Stream xmlns="${schema}">RTP-Unicast</Stream><Transport xmlns="${schema}"><Protocol>RTSP</Protocol></Transport></StreamSetup>`;
      const named = await askAddress(
        "GetStreamUri",
        isMedia2 ? `<Protocol>RTSP</Protocol>${profile}` : setup + profile,
      );
      const found = onItsHost(url, named);
      if (!found.protocol.startsWith("rtsp")) {
        throw new RangeError("the address of its stream is none of RTSP");
      }
      return found;
    },
    async pictureUrl({ token }) {
      const named = await askAddress(
        "GetSnapshotUri",
        `<ProfileToken>${escapeXml(token)}</ProfileToken>`,
      ).catch(() => "");
      return /^https?:/.test(named) ? onItsHost(url, named) : undefined;
    },
  };
}

/** With the name and the password in it, as whoever fetches it wants it. */
export function withCredentials(url: URL, credentials: Credentials | undefined): string {
  if (!credentials) return url.href;
  const full = new URL(url);
  full.username = encodeURIComponent(credentials.username);
  full.password = encodeURIComponent(credentials.password);
  return full.href;
}
