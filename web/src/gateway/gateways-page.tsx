/** Every gateway with the sensors that it speaks for, and what waits in it for the cloud. */

import { useEffect } from "react";
import type { Gateway, GatewaySensor } from "../api/contract.ts";
import { useAnswer } from "../api/use-answer.ts";
import { Link } from "../shell/link.tsx";
import { useNow } from "../shell/use-now.ts";
import { useVisit } from "../shell/visit.ts";
import { Wide } from "../shell/wide.tsx";
import { everywhere } from "../words/say.ts";
import { ago, duration } from "../words/time.ts";
import { say } from "./say.ts";
import { isSilent, reading, troubles } from "./sensor-words.ts";

const everyMs = 10_000;

export function GatewaysPage() {
  const { api } = useVisit();
  const { value: gateways } = useAnswer(["gateways"], api.gateways, everyMs);
  useEffect(() => {
    document.title = say.pageTitle;
  }, []);
  return (
    <main id="content" className="page gateways" tabIndex={-1} aria-busy={gateways === undefined}>
      <Link className="back" href="/">
        <span aria-hidden="true">←</span> {everywhere.allDigests}
      </Link>
      <h1>{say.gateways}</h1>
      {gateways?.length === 0 ? <p className="quiet">{say.noGateway}</p> : null}
      {gateways?.map((gateway) => (
        <GatewayCard key={gateway.deviceId} gateway={gateway} />
      ))}
    </main>
  );
}

function GatewayCard({ gateway }: { gateway: Gateway }) {
  const { account } = useVisit();
  const now = useNow(10_000);
  const { report } = gateway;
  const { outbox } = report;
  const silent = isSilent(gateway, now);
  return (
    <section className="panel" aria-labelledby={gateway.deviceId}>
      <h2 id={gateway.deviceId}>
        {gateway.name}
        <span className="quiet">{gateway.siteName}</span>
      </h2>
      <p data-silent={silent}>
        {silent
          ? say.silent(ago(gateway.reportedAt, account.timeZone, now))
          : say.reported(ago(gateway.reportedAt, account.timeZone, now))}
        {troubles(gateway)
          .map((words) => ` · ${words}`)
          .join("")}
      </p>
      <p className="quiet">{say.outbox(outbox, duration(report.uptimeSeconds * 1000), report.version)}</p>
      {report.sensors.length === 0 ? <p className="quiet">{say.noSensor}</p> : null}
      {report.sensors.length === 0 ? null : (
        <Wide label={say.sensors}>
          <table>
            <thead>
              <tr>
                <th scope="col">{say.sensor}</th>
                <th scope="col">{say.place}</th>
                <th scope="col">{say.state}</th>
                <th scope="col">{say.reconnects}</th>
                <th scope="col">{say.readings}</th>
              </tr>
            </thead>
            <tbody>
              {report.sensors.map((sensor) => (
                <SensorRow key={sensor.device} sensor={sensor} />
              ))}
            </tbody>
          </table>
        </Wide>
      )}
    </section>
  );
}

function SensorRow({ sensor }: { sensor: GatewaySensor }) {
  return (
    <tr>
      <td>{sensor.device}</td>
      <td>{sensor.place}</td>
      <td data-silent={sensor.state !== "online"}>{say.states[sensor.state]}</td>
      <td>
        {sensor.reconnects}/{sensor.reconnectsMax}
      </td>
      <td>{sensor.readings.map((each) => `${each.channel} ${reading(each)}`).join(", ")}</td>
    </tr>
  );
}
