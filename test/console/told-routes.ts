/** The parts of the double of the API that tell, and that are told. */
import { DeliverySummary } from "@vigil/core/delivery/wire";
import { Correction, type DigestView } from "@vigil/core/digest/wire";
import { EndpointChange, EndpointView, EndpointWithSecret } from "@vigil/core/endpoint/wire";
import * as z from "zod";

export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

type Told = { endpoints: EndpointView[]; deliveries: DeliverySummary[] };
type Asked = { name: string | undefined; verb: string | undefined; body: unknown };

export function endpointRoutes(data: Told, method: string, { name, verb, body }: Asked): unknown {
  if (name === "offer") return { email: true, vapidPublicKey: null };
  if (verb === "deliveries") {
    return page(DeliverySummary).parse({ items: data.deliveries, nextCursor: null });
  }
  if (verb === "test") {
    const [told] = data.deliveries;
    if (told) {
      data.deliveries = [{ ...told, kind: "test", title: "This is a test", state: "pending", attempts: 0 }];
    }
    return undefined;
  }
  if (method === "PATCH") {
    const change = EndpointChange.parse(body);
    data.endpoints = data.endpoints.map((each) =>
      each.id === name ? EndpointView.parse({ ...each, ...change }) : each,
    );
    return data.endpoints.find(({ id }) => id === name);
  }
  if (method === "POST") {
    const [made] = data.endpoints;
    if (made) data.endpoints = [...data.endpoints, { ...made, id: `${made.id.slice(0, -1)}f` }];
    return EndpointWithSecret.parse({ ...made, secret: "whsec_c2VjcmV0" });
  }
  return page(EndpointView).parse({ items: data.endpoints, nextCursor: null });
}

/** The digests, of which one has been corrected: its title says how. */
export function corrected(
  digests: readonly DigestView[],
  id: string | undefined,
  body: unknown,
): DigestView[] {
  const { label, is } = Correction.parse(body);
  return digests.map((each) =>
    each.id === id
      ? {
          ...each,
          title: `It was ${is ?? "nothing"}`,
          called: each.called.map((one) => (one.label === label ? { label, is } : one)),
        }
      : each,
  );
}
