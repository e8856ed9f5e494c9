/** A test double of the API for the console: fixtures over HTTP, with presigned pictures that can be made to expire. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { AccountChange, AccountView, Usage } from "@vigil/core/account/wire";
import { AuditEntry } from "@vigil/core/audit/wire";
import { CheckDashboard, CheckView, Evaluation } from "@vigil/core/check/wire";
import { Checkpoint, Custody } from "@vigil/core/custody/wire";
import { type AttemptView, DeliverySummary, DeliveryView, type Message } from "@vigil/core/delivery/wire";
import { DeviceView } from "@vigil/core/device/wire";
import { DigestFilter, DigestView, InboxDigest, ReadingInput, ReadUpTo } from "@vigil/core/digest/wire";
import type { EndpointView } from "@vigil/core/endpoint/wire";
import type { EventView } from "@vigil/core/event/wire";
import { GatewayView } from "@vigil/core/gateway/wire";
import { LedgerView } from "@vigil/core/ledger/wire";
import * as Level from "@vigil/core/level";
import { MemberView } from "@vigil/core/member/wire";
import { type Code, ProblemBody, problem, toBody } from "@vigil/core/problem";
import { ReviewView } from "@vigil/core/review/wire";
import {
  GroupDecision,
  GroupPage,
  ItemPage,
  type ItemView,
  RunActionInput,
  RunView,
} from "@vigil/core/run/wire";
import { SceneAreas, SceneObjectInput, SceneView } from "@vigil/core/scene/wire";
import { SearchPage } from "@vigil/core/search/wire";
import { SessionSummary, SessionView } from "@vigil/core/session/wire";
import { Bundle, ShareView, ShareWithUrl } from "@vigil/core/share/wire";
import { StreamEntry } from "@vigil/core/stream/wire";
import { TrendView } from "@vigil/core/trend/wire";
import { custodyInLog } from "./authenticity.ts";
import { summaryOf } from "./fixtures.ts";
import { type Operated, operatorKey } from "./operator-fixtures.ts";
import { operatorRoutes } from "./operator-routes.ts";
import { peopleRoutes, type WholeAccount } from "./people-fixtures.ts";
import { type Asking, questionRoutes } from "./question-fixtures.ts";
import { decide } from "./run-fixtures.ts";
import { corrected, endpointRoutes, page } from "./told-routes.ts";

export type ApiData = {
  memberToken: string;
  account: AccountView;
  usage: Usage;
  devices: DeviceView[];
  gateways: GatewayView[];
  ledger: LedgerView;
  checks: CheckView[];
  checked: { dashboard: CheckDashboard; evaluation: Evaluation };
  endpoints: EndpointView[];
  deliveries: DeliverySummary[];
  /** Of each delivery. */
  message: Message;
  attempts: AttemptView[];
  audit: AuditEntry[];
  members: MemberView[];
  scene: SceneView;
  shares: ShareView[];
  runs: RunView[];
  /** Of the one run that has any. */
  items: ItemView[];
  asking: Asking;
  operated: Operated;
  whole: WholeAccount;
  digests: DigestView[];
  /** Which of them the member has read. */
  read: Set<string>;
  sessions: SessionSummary[];
  /** The one event of each session. */
  event: EventView;
  trends: TrendView;
  reviews: ReviewView[];
  /** The bytes of a picture by its moment. */
  pictures: (momentId: string) => Promise<{ contentType: string; bytes: Buffer } | undefined>;
};

export type ConsoleApi = {
  url: string;
  data: ApiData;
  /** The next `answers` answers that carry pictures carry URLs that are refused. */
  expireNext: (answers: number) => void;
  /** What the next request for a review is refused with. */
  refuseReviewsWith: (code: Code | undefined) => void;
  /** Answers nothing but 503 from a proxy until it is called with false. */
  goAway: (away: boolean) => void;
  /** Tells whoever follows the stream. */
  tell: (kind: string, subject: string) => void;
  requests: { method: string; path: string; idempotencyKey: string | undefined }[];
  close: () => Promise<void>;
};

export async function serveApi(data: ApiData): Promise<ConsoleApi> {
  const followers = new Set<ServerResponse>();
  let entries = 0;
  const state = { deadAnswers: 0, refusal: undefined as Code | undefined, away: false };
  const requests: ConsoleApi["requests"] = [];
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function sign(view: DigestView): DigestView {
    const dead = state.deadAnswers > 0;
    state.deadAnswers = Math.max(0, state.deadAnswers - 1);
    const image = (momentId: string) => ({
      url: `${url}/pictures/${momentId}?signature=${dead ? "expired" : "good"}&at=${requests.length}`,
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
    });
    return DigestView.parse({
      ...view,
      cover: view.cover === null ? null : { ...view.cover, ...image(view.cover.momentId) },
      moments: view.moments.map((moment) =>
        moment.outcome === "missing" || moment.imageErasedAt !== undefined
          ? moment
          : { ...moment, image: image(moment.id) },
      ),
    });
  }

  /** As the API does it: all areas at once, one object more, or one less. */
  function changedScene(method: string, path: string, body: unknown): SceneView {
    const { scene } = data;
    if (method === "PUT") scene.areas = SceneAreas.parse(body).areas;
    if (method === "DELETE") scene.objects = scene.objects.filter(({ id }) => !path.endsWith(id));
    if (method === "POST") {
      const { box, label, name = null } = SceneObjectInput.parse(body);
      const [known] = scene.objects;
      if (known) scene.objects.push({ ...known, id: `${known.id.slice(0, -1)}f`, box, label, name });
    }
    const shown = `${url}/pictures/scene?signature=good`;
    const picture = { url: shown, expiresAt: new Date(Date.now() + 60_000).toISOString() };
    return SceneView.parse({ ...scene, picture: scene.picture && { ...scene.picture, ...picture } });
  }

  function runRoutes(name: string | undefined, verb: string | undefined, body: unknown): unknown {
    if (name === undefined) return page(RunView).parse({ items: data.runs, nextCursor: null });
    const run = data.runs.find(({ id }) => id === name);
    if (run === undefined) throw problem("not-found", `no run ${name}`);
    if (verb === "actions") {
      const { action } = RunActionInput.parse(body);
      if (action === "seal") Object.assign(run, { state: "sealed", manifestVersion: 1 });
    }
    if (verb === "groups" && body !== undefined) return decide(data.items, GroupDecision.parse(body));
    if (verb !== "groups" && verb !== "items") return RunView.parse(run);
    const expiresAt = new Date(Date.now() + 60_000).toISOString();
    const picture = { url: `${url}/pictures/run?signature=good`, expiresAt };
    const shown = data.items.map((item) => ({ ...item, picture }));
    if (verb === "items") {
      return ItemPage.parse({ items: shown.filter(({ group }) => group === null), nextAfter: null });
    }
    const grouped = Map.groupBy(shown, ({ group }) => group);
    grouped.delete(null);
    const groups = [...grouped].map(([group, items]) => ({ group, size: items.length, items }));
    return GroupPage.parse({ groups, nextAfter: null });
  }

  /** As the API does it, of one member: filtered, a page after the other, and what has been read. */
  function inboxRoutes(asked: { name: string | undefined; body: unknown; query: URLSearchParams }): unknown {
    const { name, body, query } = asked;
    if (name === "unread") {
      return { count: data.digests.filter(({ id }) => !data.read.has(id)).length, countedMax: 100 };
    }
    if (name === "read") {
      const { upTo } = ReadUpTo.parse(body);
      for (const { id } of data.digests) if (id <= upTo) data.read.add(id);
      return undefined;
    }
    if (name !== undefined) {
      data.read[ReadingInput.parse(body).read ? "add" : "delete"](name);
      return undefined;
    }
    const filter = DigestFilter.parse(Object.fromEntries(query));
    const limit = Number(query.get("limit") ?? 25);
    const from = Number(query.get("cursor") ?? 0);
    const wanted = data.digests.filter(
      (view) =>
        (filter.levelFrom === undefined || Level.atLeast(view.level, filter.levelFrom)) &&
        (filter.zone === undefined || view.moments.some(({ zone }) => zone === filter.zone)) &&
        (filter.device === undefined || view.moments.some(({ deviceId }) => deviceId === filter.device)) &&
        (filter.seen === undefined || Object.keys(view.counts).some((label) => label === filter.seen)) &&
        (filter.unread === undefined || data.read.has(view.id) === (filter.unread === "false")),
    );
    const items = wanted
      .slice(from, from + limit)
      .map((view) => summaryOf(sign(view), !data.read.has(view.id)));
    const nextCursor = wanted.length > from + limit ? String(from + limit) : null;
    return page(InboxDigest).parse({ items, nextCursor });
  }

  /** The newest check answers whatever is asked. */
  function checkRoutes(what: string | undefined): unknown {
    if (what === "history") return page(CheckView).parse({ items: data.checks, nextCursor: null });
    if (what === "dashboard") return CheckDashboard.parse(data.checked.dashboard);
    if (what === "checkpoint") return Checkpoint.parse(custodyInLog.checkpoint);
    if (what === "evaluation") return Evaluation.parse(data.checked.evaluation);
    return CheckView.parse(data.checks[0]);
  }

  function routes(method: string, path: string, body: unknown, query: URLSearchParams): unknown {
    const [, , noun, name, verb] = path.split("/");
    const whole = peopleRoutes(data.whole, method, path);
    const asked = questionRoutes(data.asking, { method, path, body, query, url });
    const besides = whole ?? asked;
    if (besides) return besides.body;
    if (method === "POST" && noun === "sessions" && verb === "reviews") {
      if (state.refusal !== undefined) throw problem(state.refusal, "as the test wants it");
      const session = data.sessions.find((each) => each.id === name);
      const review = ReviewView.parse({ ...data.reviews[0], sessionId: name });
      if (session !== undefined) session.reviewId = review.id;
      return review;
    }
    if (noun === "trends") return TrendView.parse(data.trends);
    if (noun === "events" && verb === "dismiss") {
      data.event = { ...data.event, dismissed: true };
      return { type: data.event.type, zone: data.event.zone, count: 3 };
    }
    if (noun === "sessions" && name !== undefined) {
      const known = data.sessions.find(({ id }) => id === name) ?? { ...data.sessions[0], id: name };
      return SessionView.parse({ ...known, events: [data.event] });
    }
    if (noun === "endpoints") return endpointRoutes(data, method, { name, verb, body });
    if (noun === "devices" && verb === "scene") return changedScene(method, path, body);
    if (noun === "digests" && verb === "corrections") {
      data.digests = corrected(data.digests, name, body);
      return data.digests.find(({ id }) => id === name);
    }
    if (noun === "digests" && verb === "custody") return Custody.parse(custodyInLog);
    if (noun === "digests" && verb === "exports") {
      const bundle = { url: `${url}/bundle.zip`, expiresAt: new Date().toISOString(), bytes: 1, pictures: 1 };
      return Bundle.parse({ ...bundle, sumsSha256: "0".repeat(64) });
    }
    if (noun === "digests" && verb === "shares" && method === "POST") {
      const [made] = data.shares;
      return ShareWithUrl.parse({ ...made, url: "http://console.test/shared/q8" });
    }
    if (noun === "digests" && verb === "shares") {
      return page(ShareView).parse({ items: data.shares, nextCursor: null });
    }
    if (noun === "shares" && method === "DELETE") {
      data.shares = data.shares.filter((share) => share.id !== name);
      return undefined;
    }
    if (noun === "runs") return runRoutes(name, verb, body);
    if (noun === "search") {
      const items = data.digests.slice(0, 1).map((view) => summaryOf(sign(view)));
      const stretches = [{ from: "2026-11-19T18:00:00Z", until: "2026-11-20T06:00:00Z" }];
      return SearchPage.parse({ items, nextCursor: null, understood: { words: "person", stretches } });
    }
    if (noun === "account" && method === "PATCH") {
      const { quietHours, picturesDays, ...change } = AccountChange.parse(body);
      const { daysMax } = data.account.pictures;
      const pictures =
        picturesDays === undefined
          ? data.account.pictures
          : { days: picturesDays ?? daysMax, daysChosen: picturesDays, daysMax };
      data.account = AccountView.parse({
        ...data.account,
        ...change,
        pictures,
        ...(quietHours ? { quietHours } : {}),
      });
    }
    if (noun === "dismissals") return undefined;
    if (noun === "audit") return page(AuditEntry).parse({ items: data.audit, nextCursor: null });
    if (noun === "members") return page(MemberView).parse({ items: data.members, nextCursor: null });
    if (noun === "deliveries" && name === undefined) {
      return page(DeliverySummary).parse({ items: data.deliveries, nextCursor: null });
    }
    if (noun === "deliveries") {
      return DeliveryView.parse({ ...data.deliveries[0], message: data.message, history: data.attempts });
    }
    if (noun === "account") return AccountView.parse(data.account);
    if (noun === "usage") return Usage.parse(data.usage);
    if (noun === "devices") return page(DeviceView).parse({ items: data.devices, nextCursor: null });
    if (noun === "authenticity" || noun === "log") return checkRoutes(name);
    if (noun === "ledger") return LedgerView.parse(data.ledger);
    if (noun === "gateways") return page(GatewayView).parse({ items: data.gateways, nextCursor: null });
    if (noun === "sessions") return page(SessionSummary).parse({ items: data.sessions, nextCursor: null });
    if (
      noun === "digests" &&
      (name === undefined || name === "unread" || name === "read" || verb === "reading")
    ) {
      return inboxRoutes({ name, body, query });
    }
    const found =
      noun === "digests"
        ? data.digests.find((view) => view.id === name)
        : data.reviews.find((review) => review.id === name);
    if (found === undefined) throw problem("not-found", `no ${noun} ${name} in this account`);
    return "moments" in found ? sign(found) : ReviewView.parse(found);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "/", url);
    const method = request.method ?? "GET";
    const picture = /^\/pictures\/(\w+)$/.exec(pathname)?.[1];
    if (picture !== undefined) {
      const file = searchParams.get("signature") === "good" ? await data.pictures(picture) : undefined;
      if (file === undefined) return void response.writeHead(403).end();
      return void response.writeHead(200, { "content-type": file.contentType }).end(file.bytes);
    }
    const idempotencyKey = request.headers["idempotency-key"];
    requests.push({ method, path: pathname, idempotencyKey: idempotencyKey?.toString() });
    if (state.away) return void response.writeHead(503, { "content-type": "text/html" }).end("<h1>503</h1>");
    try {
      const isOperators = pathname.startsWith("/operator/");
      const isAnybodys = pathname.startsWith("/v1/erasures/");
      if (
        !isAnybodys &&
        request.headers.authorization !== `Bearer ${isOperators ? operatorKey : data.memberToken}`
      ) {
        throw problem("unauthenticated", "expected a member token that this API gave out");
      }
      if (pathname === "/v1/digests/stream") return follow(request, response);
      const given = await bodyOf(request);
      const body = isOperators
        ? operatorRoutes(data.operated, pathname, given, searchParams)
        : routes(method, pathname, given, searchParams);
      response.writeHead(method === "POST" ? 202 : 200, { "content-type": "application/json" });
      response.end(body === undefined ? "" : JSON.stringify(body));
    } catch (error) {
      const known = error instanceof Error && error.name === "Problem";
      const cause = known ? (error as ReturnType<typeof problem>) : problem("internal", String(error));
      const body = ProblemBody.parse(toBody(cause, "req_0000000000000000000000000000beef"));
      response.writeHead(body.status, { "content-type": "application/problem+json" });
      response.end(JSON.stringify(body));
    }
  }

  function follow(request: IncomingMessage, response: ServerResponse): void {
    followers.add(response);
    request.on("close", () => followers.delete(response));
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(`event: start\nid: ${entries}\ndata: {}\n\n`);
  }
  return {
    url,
    data,
    tell: (kind, subject) => {
      entries += 1;
      const entry = StreamEntry.parse({ kind, subject, at: new Date().toISOString(), detail: {} });
      for (const follower of followers) {
        follower.write(`event: ${kind}\nid: ${entries}\ndata: ${JSON.stringify(entry)}\n\n`);
      }
    },
    requests,
    expireNext: (answers) => {
      state.deadAnswers = answers;
    },
    refuseReviewsWith: (code) => {
      state.refusal = code;
    },
    goAway: (away) => {
      state.away = away;
      for (const follower of followers) follower.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  return text === "" ? undefined : JSON.parse(text);
}
