/** Stands for the module `k6/http`: `asyncRequest` and `file`, to loopback and nowhere else. */
import { rate, trend } from "./measurements.ts";

const requestMsMax = 60_000;

class FileData {
  readonly data: ArrayBuffer;
  readonly filename: string;
  readonly contentType: string;

  constructor(data: ArrayBuffer, filename: string, contentType: string) {
    this.data = data;
    this.filename = filename;
    this.contentType = contentType;
  }
}

type Body = string | null | Record<string, string | FileData>;
type Params = { headers?: Record<string, string>; tags?: Record<string, string> };

/** @throws unless the host is this machine */
export function refuseForeign(address: string): URL {
  const url = new URL(address);
  if (!["127.0.0.1", "localhost", "[::1]"].includes(url.hostname)) {
    throw new Error(`expected a loopback address, got ${url.host}; use k6 itself for another host`);
  }
  return url;
}

function encode(body: Body): string | FormData | undefined {
  if (body === null) return undefined;
  if (typeof body === "string") return body;
  const form = new FormData();
  for (const [name, value] of Object.entries(body)) {
    if (typeof value === "string") form.set(name, value);
    else form.set(name, new Blob([value.data], { type: value.contentType }), value.filename);
  }
  return form;
}

/** The part of a JSON text at a path such as `model.name`. */
function select(text: string, where: string): unknown {
  return where
    .split(".")
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], JSON.parse(text));
}

async function asyncRequest(method: string, address: string, body: Body, params: Params = {}) {
  const url = refuseForeign(address);
  const encoded = encode(body);
  const startedAt = performance.now();
  const answer = await fetch(url, {
    method,
    headers: params.headers ?? {},
    ...(encoded === undefined ? {} : { body: encoded }),
    redirect: "manual",
    signal: AbortSignal.timeout(requestMsMax),
  });
  const text = await answer.text();
  const duration = performance.now() - startedAt;
  trend("http_req_duration", true).values.push(duration);
  const failed = rate("http_req_failed");
  failed.total += 1;
  failed.passes += Number(answer.status >= 400);
  return {
    status: answer.status,
    headers: namedAsInK6(answer.headers),
    body: text,
    timings: { duration },
    json: (where: string) => select(text, where),
  };
}

/** k6 writes names of headers as `Retry-After`. */
function namedAsInK6(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    [...headers].map(([name, value]) => [name.replace(/(^|-)[a-z]/g, (begin) => begin.toUpperCase()), value]),
  );
}

function file(data: ArrayBuffer, filename: string, contentType: string): FileData {
  return new FileData(data, filename, contentType);
}

export default { asyncRequest, file };
