/**
 * The stand-in for Stripe of the local stack and of tests: its API as far as Vigil calls it, the pages where people pay and
 * change, and signed webhooks. It refuses what Stripe refuses: keys, forms, prices and customers that are none, and an
 * idempotency key that comes with another form.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { answerApi, readForm } from "./answer-api.ts";
import { change, type Done, page, pay, type Shown, showCheckout, showPortal } from "./pages.ts";
import { createState, type State, type StripePrice } from "./state.ts";
import { tell } from "./tell.ts";

export type StripeStandIn = {
  url: string;
  /** What the API is started with to buy here. */
  environment: Record<string, string>;
  stop(): Promise<void>;
};

export const localPrices = {
  guardian: {
    id: "price_guardian",
    name: "Guardian",
    unit_amount: 1_000,
    currency: "gbp",
    interval: "month",
  },
  pro: { id: "price_pro", name: "Pro", unit_amount: 2_000, currency: "gbp", interval: "month" },
} as const satisfies Record<string, StripePrice>;

/** @param options.apiUrl where Vigil's API is, asked at each webhook */
export async function startStripe(options: {
  apiUrl: () => string;
  secretKey: string;
  webhookSecret: string;
}): Promise<StripeStandIn> {
  const { secretKey, webhookSecret } = options;
  const state = createState(Object.values(localPrices));
  const stopping = new AbortController();
  const telling = {
    webhookUrl: () => `${options.apiUrl()}/stripe/v1/webhooks`,
    webhookSecret,
    signal: stopping.signal,
  };
  const finish = async ({ told }: Done) => {
    for (const { kind, subscription } of told) await tell(telling, kind, subscription);
  };
  let url = "";
  const server = createServer((request, response) => {
    serve({ state, secretKey, url: () => url, finish }, request, response).catch((error: unknown) =>
      response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    environment: {
      STRIPE_SECRET_KEY: secretKey,
      STRIPE_API_URL: url,
      STRIPE_WEBHOOK_SECRET: webhookSecret,
      STRIPE_PRICE_GUARDIAN: localPrices.guardian.id,
      STRIPE_PRICE_PRO: localPrices.pro.id,
    },
    async stop() {
      stopping.abort();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

type Settings = {
  state: State;
  secretKey: string;
  url: () => string;
  /** Tells the webhook, before the browser goes on: what was paid is known when the console is shown again. */
  finish: (done: Done) => Promise<void>;
};

async function serve(settings: Settings, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname: path } = new URL(request.url ?? "/", "http://localhost");
  const method = request.method ?? "GET";
  const body = await text(request);
  if (path.startsWith("/v1/")) {
    const { authorization, "idempotency-key": key } = request.headers;
    const idempotencyKey = key?.toString();
    const asked = { method, path, text: body, form: readForm(body), authorization, idempotencyKey };
    const answer = answerApi(settings, asked);
    response.writeHead(answer.status, {
      "content-type": "application/json",
      ...(answer.isReplay ? { "idempotent-replayed": "true" } : {}),
    });
    response.end(JSON.stringify(answer.body));
    // As Stripe does: whoever asked has their answer before the webhook comes.
    return settings.finish({ to: path, told: [...(answer.told ?? [])] });
  }
  const next = showOrDo(settings.state, method, path, new URLSearchParams(body).get("do") ?? "");
  if ("html" in next) {
    response.writeHead(next.status, {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
    });
    return void response.end(next.html);
  }
  await settings.finish(next);
  response.writeHead(303, { location: next.to }).end();
}

function showOrDo(state: State, method: string, path: string, deed: string): Shown | Done {
  const [, kind = "", id = ""] = path.split("/");
  const checkout = kind === "pay" ? state.checkouts.get(id) : undefined;
  const portal = kind === "portal" ? state.portals.get(id) : undefined;
  const unknown = page(
    "There is no such page",
    "<p>It was never opened, or this stack has been started anew.</p>",
    404,
  );
  if (checkout) {
    return (method === "POST" ? pay(state, checkout) : undefined) ?? showCheckout(state, checkout);
  }
  if (portal) {
    return (method === "POST" ? change(state, portal, deed) : undefined) ?? showPortal(state, portal);
  }
  return unknown;
}
