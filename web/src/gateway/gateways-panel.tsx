/** The gateways on the account's sites, at a glance; nothing where there is none. */

import { useAnswer } from "../api/use-answer.ts";
import { Link } from "../shell/link.tsx";
import { gatewaysPath } from "../shell/route.ts";
import { useNow } from "../shell/use-now.ts";
import { useVisit } from "../shell/visit.ts";
import { ago } from "../words/time.ts";
import { say } from "./say.ts";
import { isSilent, troubles } from "./sensor-words.ts";

const everyMs = 30_000;

export function GatewaysPanel() {
  const { api, account } = useVisit();
  const { value: gateways } = useAnswer(["gateways"], api.gateways, everyMs);
  const now = useNow(10_000);
  if (gateways === undefined || gateways.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="gateways-title">
      <h2 id="gateways-title">
        <Link className="link" href={gatewaysPath}>
          {say.gateways}
        </Link>
      </h2>
      <ul className="rows">
        {gateways.map((gateway) => (
          <li key={gateway.deviceId} className="row">
            <span className="dot" data-on={!isSilent(gateway, now)} aria-hidden="true" />
            <div>
              <p>{gateway.name}</p>
              <p className="quiet">
                {[
                  say.reportedWithin(ago(gateway.reportedAt, account.timeZone, now)),
                  ...troubles(gateway),
                ].join(" · ")}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
