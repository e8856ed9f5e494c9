/**
 * One question to an ONVIF camera: SOAP 1.2 over HTTP, with the password as WS-Security's UsernameToken (ONVIF Core, 5.9.4:
 * a digest over a nonce and the camera's own time), or by HTTP's Digest where the camera asks for that. The password itself is never sent,
 * and nobody but the named host is ever asked, whatever addresses the camera gives.
 */
import { createHash, randomBytes } from "node:crypto";
import { authorise, type Credentials } from "../access/digest-access.ts";
import { reasonOf } from "../access/reason-of.ts";
import { type Element, escapeXml, readXml, textAt, within } from "./read-xml.ts";

const bytesMax = 1024 * 1024;
const envelope = "http://www.w3.org/2003/05/soap-envelope";
const addressing = "http://www.w3.org/2005/08/addressing";
const security = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss";

/** A camera that one can talk to. */
export type Device = {
  /** The device service, without a password. */
  url: URL;
  credentials: Credentials | undefined;
  /** Its time, in milliseconds since 1970; undefined while it is not known. */
  nowMs: () => number | undefined;
};

export type Question = {
  /** Another one than the device service; its host is the device's. */
  url?: URL;
  /** The element in the envelope's body. */
  body: string;
  /** WS-Addressing, which subscriptions ask for. */
  action?: string;
  /** In the header, as the camera gave them. */
  references?: readonly Element[];
  msMax: number;
  signal?: AbortSignal | undefined;
};

/** The camera says no; `reason` is its own. */
class SoapFault extends Error {
  override readonly name = "SoapFault";
}

/** The host is the device's, whatever the camera says; its port, path and query are those that it named. */
export function onItsHost(device: URL, named: string): URL {
  const url = URL.parse(named, device.href);
  if (!url || !/^(https?|rtsps?):$/.test(url.protocol)) {
    throw new RangeError("it named an address that is none of HTTP and RTSP");
  }
  url.username = "";
  url.password = "";
  url.hostname = device.hostname;
  // A camera that is asked by HTTPS is not asked without.
  if (device.protocol === "https:" && url.protocol === "http:") {
    return new URL(url.pathname + url.search, device);
  }
  return url;
}

function tokenOf({ credentials, nowMs }: Device): string {
  if (!credentials) return "";
  const nonce = randomBytes(16);
  const created = new Date(nowMs() ?? Date.now()).toISOString();
  const digest = createHash("sha1")
    .update(nonce)
    .update(created)
    .update(credentials.password)
    .digest("base64");
  return `<w:Security xmlns:w="${security}-wssecurity-secext-1.0.xsd" s:mustUnderstand="1"><w:UsernameToken><w:Username>${escapeXml(credentials.username)}</w:Username><w:Password Type="${security}-username-token-profile-1.0#PasswordDigest">${digest}</w:Password><w:Nonce EncodingType="${security}-soap-message-security-1.0#Base64Binary">${nonce.toString("base64")}</w:Nonce><u:Created xmlns:u="${security}-wssecurity-utility-1.0.xsd">${created}</u:Created></w:UsernameToken></w:Security>`;
}

const referenceOf = ({ name, namespace, text }: Element) =>
  `<r:${name} xmlns:r="${escapeXml(namespace)}" a:IsReferenceParameter="true">${escapeXml(text.trim())}</r:${name}>`;

function render(to: URL, { body, action, references = [] }: Question, token: string): string {
  const addressed =
    action === undefined
      ? ""
      : `<a:Action>${action}</a:Action><a:To>${escapeXml(to.href)}</a:To>${references.map(referenceOf).join("")}`;
  return `<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="${envelope}" xmlns:a="${addressing}"><s:Header>${token}${addressed}</s:Header><s:Body>${body}</s:Body></s:Envelope>`;
}

async function readText(response: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of response.body ?? []) {
    bytes += piece.byteLength;
    if (bytes > bytesMax) throw new RangeError(`it answered more than ${bytesMax} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}

/** By HTTP's own way, where the camera wants that; what WS-Security says is left out then, because some refuse both together. */
async function send(device: Device, to: URL, question: Question, signal: AbortSignal): Promise<Response> {
  const post = async (token: string, authorization?: string) =>
    fetch(to, {
      method: "POST",
      redirect: "error",
      signal,
      headers: {
        "content-type": "application/soap+xml; charset=utf-8",
        ...(authorization ? { authorization } : {}),
      },
      body: render(to, question, token),
    }).catch((error: unknown) => {
      throw new Error(reasonOf(error), { cause: error });
    });
  const first = await post(tokenOf(device));
  const challenge = first.headers.get("www-authenticate");
  const { credentials } = device;
  if (first.status !== 401 || challenge === null || !credentials) return first;
  await first.body?.cancel();
  if (!/\bDigest\b/i.test(challenge)) {
    throw new RangeError("it wants the password itself, which it does not get");
  }
  const asked = {
    method: "POST",
    path: to.pathname + to.search,
    count: 1,
    nonce: randomBytes(8).toString("hex"),
  };
  return post("", authorise(challenge, credentials, asked));
}

/**
 * The first element of the answer's body. Rejects with a `SoapFault` when the camera refuses, with a RangeError when what
 * came is no answer, and with what `fetch` says.
 */
export async function call(device: Device, question: Question): Promise<Element> {
  const timeout = AbortSignal.timeout(question.msMax);
  const signal = question.signal ? AbortSignal.any([question.signal, timeout]) : timeout;
  const to = question.url ?? device.url;
  const response = await send(device, to, question, signal);
  if (response.status === 401) {
    await response.body?.cancel();
    throw new SoapFault(
      device.credentials ? "the name or the password is wrong" : "it wants a name and a password",
    );
  }
  const text = await readText(response);
  if (text === "" && !response.ok) throw new RangeError(`it answered ${response.status}`);
  const body = within(readXml(text), "Body");
  const [answer] = body?.children ?? [];
  if (answer?.name === "Fault") throw new SoapFault(faultOf(answer, device));
  if (!answer || !response.ok) {
    throw new RangeError(`it answered ${response.status} without what was asked for`);
  }
  return answer;
}

/** What a camera says may hold anything: one line of it is shown. */
function faultOf(fault: Element, { credentials }: Device): string {
  const code = textAt(fault, "Code", "Subcode", "Value");
  if (/NotAuthorized|FailedAuthentication/i.test(code)) {
    return credentials ? "the name or the password is wrong" : "it wants a name and a password";
  }
  const said = textAt(fault, "Reason", "Text") || code || "no reason";
  return `it refused: ${said.replaceAll(/[^\x20-\x7e]/g, "").slice(0, 120)}`;
}
