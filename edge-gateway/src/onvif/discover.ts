/**
 * Which ONVIF cameras are on the local network: WS-Discovery 1.0 (a Probe by multicast, with a time to live of 1, which no
 * router passes on), once from each network that this machine is in. Only answers from within that network are read, few and small ones.
 */
import { randomUUID } from "node:crypto";
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { BlockList, isIPv4 } from "node:net";
import { networkInterfaces } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { childrenOf, findDeep, readXml, textAt, within } from "./read-xml.ts";

export type Found = {
  /** Of the device service. */
  url: string;
  /** What it calls itself; empty where it does not. */
  name: string;
  hardware: string;
};

const group = { address: "239.255.255.250", port: 3_702 };
const waitMs = 2_000;
const foundMax = 128;
const bytesMax = 16 * 1024;
/** Read in one go: a flood costs no more than these. */
const answersMax = 1_000;

const probe = (id: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope" xmlns:w="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery" xmlns:dn="http://www.onvif.org/ver10/network/wsdl"><e:Header><w:MessageID>urn:uuid:${id}</w:MessageID><w:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</w:To><w:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</w:Action></e:Header><e:Body><d:Probe><d:Types>dn:NetworkVideoTransmitter</d:Types></d:Probe></e:Body></e:Envelope>`;

/** "onvif://www.onvif.org/name/Front%20door" to "Front door". */
function scopeOf(scopes: readonly string[], kind: string): string {
  const start = `onvif://www.onvif.org/${kind}/`;
  const found = scopes.find((scope) => scope.startsWith(start))?.slice(start.length) ?? "";
  try {
    return decodeURIComponent(found).slice(0, 64);
  } catch {
    return found.slice(0, 64);
  }
}

/**
 * Cameras that an answer to a probe names.
 *
 * @param address whom it came from; a camera speaks for itself alone. @throws a RangeError when it is none
 */
function readAnswer(text: string, id: string, address: string): Found[] {
  const envelope = readXml(text);
  if (textAt(within(envelope, "Header"), "RelatesTo") !== `urn:uuid:${id}`) {
    throw new RangeError("it answered another question");
  }
  const matches = findDeep(within(envelope, "Body"), "ProbeMatches");
  return childrenOf(matches, "ProbeMatch").flatMap((match) => {
    const addresses = textAt(match, "XAddrs").split(/\s+/);
    const url = addresses.map((one) => URL.parse(one)).find((one) => one?.hostname === address);
    if (!url || !/^https?:$/.test(url.protocol)) return [];
    url.username = "";
    url.password = "";
    const scopes = textAt(match, "Scopes").split(/\s+/);
    return { url: url.href, name: scopeOf(scopes, "name"), hardware: scopeOf(scopes, "hardware") };
  });
}

export type DiscoverOptions = {
  /** Of this machine, in CIDR notation; a test names its own. */
  networks?: readonly string[];
  to?: { address: string; port: number };
  ms?: number;
};

/** Of every interface that is up now and leads somewhere. */
const ownNetworks = (): string[] =>
  Object.values(networkInterfaces()).flatMap((of = []) =>
    of.flatMap(({ cidr, family, internal }) =>
      cidr === null || internal || family !== "IPv4" ? [] : [cidr],
    ),
  );

/** Resolves after `ms` with those that answered; never rejects, whatever comes. */
export async function discover({
  networks = ownNetworks(),
  to = group,
  ms = waitMs,
}: DiscoverOptions = {}): Promise<Found[]> {
  const found = new Map<string, Found>();
  const sockets: Socket[] = [];
  let answers = 0;
  for (const network of networks) {
    const [own = "", prefix = "32"] = network.split("/");
    if (!isIPv4(own)) continue;
    const near = new BlockList();
    near.addSubnet(own, Number(prefix), "ipv4");
    const id = randomUUID();
    const socket = createSocket("udp4");
    sockets.push(socket);
    socket.on("error", () => {});
    socket.on("message", (bytes, { address }) => {
      if (
        ++answers > answersMax ||
        found.size >= foundMax ||
        bytes.length > bytesMax ||
        !near.check(address)
      ) {
        return;
      }
      try {
        for (const one of readAnswer(bytes.toString(), id, address)) found.set(one.url, one);
      } catch {
        // Whoever answers something else is no camera.
      }
    });
    try {
      socket.bind(0, own);
      await once(socket, "listening");
      socket.setMulticastTTL(1);
      socket.setMulticastInterface(own);
      socket.send(probe(id), to.port, to.address);
    } catch {
      // An interface that went away, or takes no multicast: the others are asked.
    }
  }
  await pause(ms);
  for (const socket of sockets) socket.close();
  return [...found.values()].toSorted((a, b) => a.url.localeCompare(b.url, "en", { numeric: true }));
}
