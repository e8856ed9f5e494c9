/**
 * For tests: a camera that speaks ONVIF as its published WSDL and schemas say (device, media and events services, version 10), with
 * WS-Security or HTTP Digest, and that can be made to fall silent, to forget its subscriptions, or to answer garbage.
 */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Misdeed =
  | "none"
  /** Takes the question and does not answer. */
  | "hangs"
  | "garbage"
  /** More than anybody wants to read. */
  | "huge"
  /** Entities of entities. */
  | "bomb"
  /** Elements in elements. */
  | "deep"
  /** An answer that leads elsewhere. */
  | "redirects"
  /** As if it had been started anew. */
  | "forgets";

export type OnvifTestCamera = AsyncDisposable & {
  /** Of its device service, with the right name and password. */
  url: string;
  port: number;
  misdeed: Misdeed;
  readonly subscriptions: number;
  readonly unsubscribed: number;
  readonly renewed: number;
  /** What it heard, to look for a password in. */
  readonly heard: string[];
  /** Hands a notice to everybody who pulls. */
  tell(topic: string, item: { name: string; value: string }): void;
  /** A responder to probes by UDP, and where it listens. */
  discoverable(answer?: (id: string) => string): Promise<number>;
};

export type OnvifTestOptions = {
  streamUrl: string;
  /** Its clock is ahead of this machine's by so much. */
  clockAheadMs?: number;
  by?: "ws-security" | "http-digest";
  picture?: () => Uint8Array | undefined;
  /** What it says its services' host is. */
  host?: string;
};

const user = "viewer";
const password = "s3cret & <odd>";
const soap = "http://www.w3.org/2003/05/soap-envelope";
const clockToleranceMs = 5_000;

const envelope = (body: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><SOAP-ENV:Envelope xmlns:SOAP-ENV="${soap}" xmlns:tt="http://www.onvif.org/ver10/schema" xmlns:tds="http://www.onvif.org/ver10/device/wsdl" xmlns:trt="http://www.onvif.org/ver10/media/wsdl" xmlns:tev="http://www.onvif.org/ver10/events/wsdl" xmlns:wsnt="http://docs.oasis-open.org/wsn/b-2" xmlns:wsa5="http://www.w3.org/2005/08/addressing" xmlns:ter="http://www.onvif.org/ver10/error" xmlns:tns1="http://www.onvif.org/ver10/topics"><SOAP-ENV:Body>${body}</SOAP-ENV:Body></SOAP-ENV:Envelope>`;

const fault = (code: string, text: string) =>
  envelope(
    `<SOAP-ENV:Fault><SOAP-ENV:Code><SOAP-ENV:Value>SOAP-ENV:Sender</SOAP-ENV:Value><SOAP-ENV:Subcode><SOAP-ENV:Value>${code}</SOAP-ENV:Value></SOAP-ENV:Subcode></SOAP-ENV:Code><SOAP-ENV:Reason><SOAP-ENV:Text xml:lang="en">${text}</SOAP-ENV:Text></SOAP-ENV:Reason></SOAP-ENV:Fault>`,
  );

const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>${envelope("<x>&b;</x>")}`;

const profile = (token: string, name: string, width: number, height: number) =>
  `<trt:Profiles token="${token}" fixed="true"><tt:Name>${name}</tt:Name><tt:VideoEncoderConfiguration token="v-${token}"><tt:Name>v</tt:Name><tt:Encoding>H264</tt:Encoding><tt:Resolution><tt:Width>${width}</tt:Width><tt:Height>${height}</tt:Height></tt:Resolution></tt:VideoEncoderConfiguration></trt:Profiles>`;

function utc(ms: number): string {
  const at = new Date(ms);
  return `<tt:UTCDateTime><tt:Time><tt:Hour>${at.getUTCHours()}</tt:Hour><tt:Minute>${at.getUTCMinutes()}</tt:Minute><tt:Second>${at.getUTCSeconds()}</tt:Second></tt:Time><tt:Date><tt:Year>${at.getUTCFullYear()}</tt:Year><tt:Month>${at.getUTCMonth() + 1}</tt:Month><tt:Day>${at.getUTCDate()}</tt:Day></tt:Date></tt:UTCDateTime>`;
}

async function read(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const piece of request as AsyncIterable<Buffer>) text += piece.toString();
  return text;
}

/** ONVIF Core 5.9.4: base64(sha1(nonce + created + password)), with a time that is near to the camera's. */
function isRightToken(text: string, nowMs: number): boolean {
  const part = (name: string) => new RegExp(`<\\w+:${name}[^>]*>([^<]*)</`).exec(text)?.[1] ?? "";
  const created = part("Created");
  const expected = createHash("sha1")
    .update(Buffer.from(part("Nonce"), "base64"))
    .update(created)
    .update(password)
    .digest("base64");
  return (
    part("Username") === user &&
    part("Password") === expected &&
    Math.abs(Date.parse(created) - nowMs) <= clockToleranceMs
  );
}

/** RFC 7616 with MD5 and `qop=auth`. */
function isRightDigest(header: string, nonce: string): boolean {
  const field = (name: string) => new RegExp(`\\b${name}="?([^",]*)`).exec(header)?.[1] ?? "";
  const md5 = (text: string) => createHash("md5").update(text).digest("hex");
  const secret = md5(`${user}:camera:${password}`);
  const request = md5(`POST:${field("uri")}`);
  return (
    field("nonce") === nonce &&
    field("response") === md5(`${secret}:${nonce}:${field("nc")}:${field("cnonce")}:auth:${request}`)
  );
}

export async function startOnvifCamera(options: OnvifTestOptions): Promise<OnvifTestCamera> {
  const { streamUrl, clockAheadMs = 0, by = "ws-security", picture, host = "127.0.0.1" } = options;
  const nonce = randomBytes(8).toString("hex");
  const state = { misdeed: "none" as Misdeed, subscriptions: 0, unsubscribed: 0, renewed: 0 };
  const heard: string[] = [];
  const open = new Set<string>();
  let messages: string[] = [];
  let pulls: (() => void)[] = [];
  const nowMs = () => Date.now() + clockAheadMs;
  const times = (seconds: number) =>
    `<wsnt:CurrentTime>${new Date(nowMs()).toISOString()}</wsnt:CurrentTime><wsnt:TerminationTime>${new Date(nowMs() + 1_000 * seconds).toISOString()}</wsnt:TerminationTime>`;

  async function pull(path: string): Promise<string> {
    if (!open.has(path)) return fault("ter:InvalidArgVal", "no such subscription");
    if (messages.length === 0) {
      await new Promise<void>((resolve) => {
        pulls.push(resolve);
        setTimeout(resolve, 300).unref();
      });
    }
    const told = messages.splice(0).join("");
    const at = times(120).replaceAll("wsnt:", "tev:");
    return envelope(`<tev:PullMessagesResponse>${at}${told}</tev:PullMessagesResponse>`);
  }

  async function answer(text: string, path: string, port: number): Promise<string> {
    const [, name = ""] = /<s:Body><(\w+)/.exec(text) ?? [];
    const service = (below: string) => `http://${host}:${port}/onvif/${below}`;
    switch (name) {
      case "GetServices":
        return envelope(
          `<tds:GetServicesResponse>${["device", "media", "events"].map((one) => `<tds:Service><tds:Namespace>http://www.onvif.org/ver10/${one}/wsdl</tds:Namespace><tds:XAddr>${service(one)}</tds:XAddr></tds:Service>`).join("")}</tds:GetServicesResponse>`,
        );
      case "GetProfiles":
        return envelope(
          `<trt:GetProfilesResponse>${profile("p0", "main", 1920, 1080)}${profile("p1", "sub", 640, 360)}${profile("p2", "tiny", 160, 90)}</trt:GetProfilesResponse>`,
        );
      case "GetStreamUri":
        return envelope(
          `<trt:GetStreamUriResponse><trt:MediaUri><tt:Uri>${streamUrl}</tt:Uri></trt:MediaUri></trt:GetStreamUriResponse>`,
        );
      case "GetSnapshotUri":
        if (!picture) return fault("ter:ActionNotSupported", "it gives no pictures");
        return envelope(
          `<trt:GetSnapshotUriResponse><trt:MediaUri><tt:Uri>${service("now.jpg")}</tt:Uri></trt:MediaUri></trt:GetSnapshotUriResponse>`,
        );
      case "CreatePullPointSubscription": {
        const below = `/onvif/pull/${++state.subscriptions}`;
        open.add(below);
        return envelope(
          `<tev:CreatePullPointSubscriptionResponse><tev:SubscriptionReference><wsa5:Address>http://${host}:${port}${below}</wsa5:Address></tev:SubscriptionReference>${times(120)}</tev:CreatePullPointSubscriptionResponse>`,
        );
      }
      case "PullMessages":
        return pull(path);
      case "Renew":
        state.renewed++;
        return envelope(`<wsnt:RenewResponse>${times(120)}</wsnt:RenewResponse>`);
      case "Unsubscribe":
        state.unsubscribed++;
        open.delete(path);
        return envelope("<wsnt:UnsubscribeResponse/>");
      default:
        return fault("ter:ActionNotSupported", `no ${name}`);
    }
  }

  /** @returns whether it has answered already */
  function misbehave(response: ServerResponse): boolean {
    const said: Partial<Record<Misdeed, string | Buffer>> = {
      garbage: Buffer.alloc(5_000, 0xfe),
      huge: envelope(`<x>${"x".repeat(4 * 1024 * 1024)}</x>`),
      bomb,
      deep: envelope("<x>".repeat(2_000) + "</x>".repeat(2_000)),
    };
    if (state.misdeed === "hangs") return true;
    if (state.misdeed === "forgets") open.clear();
    if (state.misdeed === "redirects") response.writeHead(302, { location: "http://127.0.0.1:1/" });
    const text = said[state.misdeed];
    if (text === undefined && state.misdeed !== "redirects") return false;
    response.end(text);
    return true;
  }

  function isLetIn(request: IncomingMessage, text: string): boolean {
    if (by === "http-digest") return isRightDigest(request.headers.authorization ?? "", nonce);
    return isRightToken(text, nowMs());
  }

  async function serve(request: IncomingMessage, response: ServerResponse, port: number): Promise<void> {
    const text = await read(request);
    heard.push(`${request.url} ${request.headers.authorization ?? ""} ${text}`);
    if (misbehave(response)) return;
    const path = request.url ?? "";
    if (path.endsWith("/now.jpg")) return void response.end(picture?.());
    response.setHeader("content-type", "application/soap+xml; charset=utf-8");
    if (text.includes("<GetSystemDateAndTime")) {
      const date = `<tds:SystemDateAndTime><tt:DateTimeType>NTP</tt:DateTimeType><tt:DaylightSavings>false</tt:DaylightSavings>${utc(nowMs())}</tds:SystemDateAndTime>`;
      response.end(envelope(`<tds:GetSystemDateAndTimeResponse>${date}</tds:GetSystemDateAndTimeResponse>`));
    } else if (isLetIn(request, text)) {
      response.end(await answer(text, path, port));
    } else if (by === "http-digest") {
      const challenge = `Digest realm="camera", nonce="${nonce}", qop="auth", algorithm=MD5`;
      response.writeHead(401, { "www-authenticate": challenge }).end();
    } else response.writeHead(400).end(fault("ter:NotAuthorized", "Sender not authorized"));
  }

  const server = createServer((request, response) => {
    serve(request, response, (server.address() as AddressInfo).port).catch(() => response.destroy());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const prober = createSocket("udp4");
  let isProbed = false;
  return {
    url: `http://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/onvif/device_service`,
    port,
    get misdeed() {
      return state.misdeed;
    },
    set misdeed(misdeed) {
      state.misdeed = misdeed;
      if (misdeed !== "none" && misdeed !== "forgets") server.closeAllConnections();
    },
    get subscriptions() {
      return state.subscriptions;
    },
    get unsubscribed() {
      return state.unsubscribed;
    },
    get renewed() {
      return state.renewed;
    },
    heard,
    tell(topic, { name, value }) {
      messages.push(
        `<wsnt:NotificationMessage><wsnt:Topic Dialect="http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet">tns1:${topic}</wsnt:Topic><wsnt:Message><tt:Message UtcTime="${new Date(nowMs()).toISOString()}" PropertyOperation="Changed"><tt:Source><tt:SimpleItem Name="VideoSourceConfigurationToken" Value="v0"/></tt:Source><tt:Data><tt:SimpleItem Name="${name}" Value="${value}"/></tt:Data></tt:Message></wsnt:Message></wsnt:NotificationMessage>`,
      );
      for (const wake of pulls) wake();
      pulls = [];
    },
    async discoverable(said) {
      isProbed = true;
      prober.on("message", (bytes, from) => {
        const [, id = ""] = /MessageID>urn:uuid:([^<]+)</.exec(bytes.toString()) ?? [];
        const match = `<d:ProbeMatches xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"><d:ProbeMatch><wsa:EndpointReference xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing"><wsa:Address>urn:uuid:${randomUUID()}</wsa:Address></wsa:EndpointReference><d:Types>dn:NetworkVideoTransmitter</d:Types><d:Scopes>onvif://www.onvif.org/name/Front%20door onvif://www.onvif.org/hardware/T1</d:Scopes><d:XAddrs>http://127.0.0.1:${port}/onvif/device_service</d:XAddrs></d:ProbeMatch></d:ProbeMatches>`;
        const header = `<s:Header><a:RelatesTo xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing">urn:uuid:${id}</a:RelatesTo></s:Header>`;
        const text =
          said?.(id) ?? `<s:Envelope xmlns:s="${soap}">${header}<s:Body>${match}</s:Body></s:Envelope>`;
        prober.send(text, from.port, from.address);
      });
      prober.bind(0, "127.0.0.1");
      await once(prober, "listening");
      return prober.address().port;
    },
    async [Symbol.asyncDispose]() {
      if (isProbed) prober.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

export const onvifSecrets = { user, password };
