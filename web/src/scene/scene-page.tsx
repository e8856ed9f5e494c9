/** What stands before a camera: the newest picture, what Vigil takes for the scene, and what is drawn on it. */

import { useEffect, useState } from "react";
import { createIdempotencyKey } from "../api/asking.ts";
import type { Scene, SceneArea } from "../api/contract.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useDeed } from "../endpoint/use-deed.ts";
import { Link } from "../shell/link.tsx";
import { Notice } from "../shell/notice.tsx";
import { useVisit } from "../shell/visit.ts";
import { explain } from "../words/refusal.ts";
import { everywhere } from "../words/say.ts";
import { DrawnBox, type Rectangle } from "./drawn-box.tsx";
import { DrawnOn } from "./drawn-on.tsx";
import { ObjectRow } from "./object-row.tsx";
import { say } from "./say.ts";

/** A presigned picture answers for a minute. */
const everyMs = 30_000;

export function ScenePage({ deviceId }: { deviceId: string }) {
  const { api } = useVisit();
  const load = (signal: AbortSignal) => api.scene(deviceId, signal);
  const { value: scene, failure, refresh } = useAnswer(["scene", deviceId], load, everyMs);
  useEffect(() => {
    document.title = say.pageTitle;
  }, []);
  return (
    <main id="content" className="page scene" tabIndex={-1} aria-busy={scene === undefined}>
      <Link className="back" href="/">
        <span aria-hidden="true">←</span> {everywhere.allDigests}
      </Link>
      <h1>{say.title}</h1>
      <p className="quiet">{say.what}</p>
      {scene === undefined && failure !== undefined ? (
        <Notice
          title={explain(failure).what}
          detail={explain(failure).next}
          action={everywhere.tryNow}
          onAction={refresh}
        />
      ) : null}
      {scene === undefined ? null : <SceneBody scene={scene} onChanged={refresh} />}
    </main>
  );
}

function SceneBody({ scene, onChanged }: { scene: Scene; onChanged: () => void }) {
  const { api } = useVisit();
  const [drawn, setDrawn] = useState<Rectangle | null>(null);
  const [lit, setLit] = useState<string | null>(null);
  const deed = useDeed(onChanged);
  const { deviceId, objects, areas } = scene;
  const draw = (wanted: SceneArea[]) => {
    setDrawn(null);
    deed.run(() => api.drawAreas(deviceId, wanted));
  };
  return (
    <>
      <DrawnOn scene={scene} drawn={drawn} lit={lit} onDraw={setDrawn} />
      <DrawnBox
        drawn={drawn}
        busy={deed.busy}
        onChange={setDrawn}
        onTeach={(label, name) => {
          if (drawn === null) return;
          setDrawn(null);
          const input = { box: drawn, label, ...(name === "" ? {} : { name }) };
          deed.run(() => api.teachObject(deviceId, input, createIdempotencyKey()));
        }}
        onArea={(area) => draw([...areas, area])}
      />
      <p className="fault" role="alert">
        {deed.fault}
      </p>
      <section className="panel" aria-labelledby="objects-title">
        <h2 id="objects-title">{say.standsThere}</h2>
        {objects.length === 0 ? <p className="quiet">{say.nothingYet}</p> : null}
        <ul className="rows">
          {objects.map((object) => (
            <ObjectRow
              key={object.id}
              object={object}
              busy={deed.busy}
              onPoint={setLit}
              onRename={(name) => deed.run(() => api.renameObject(deviceId, object.id, name))}
              onForget={() => deed.run(() => api.forgetObject(deviceId, object.id))}
            />
          ))}
        </ul>
      </section>
      <section className="panel" aria-labelledby="areas-title">
        <h2 id="areas-title">{say.drawn}</h2>
        {areas.some(({ kind }) => kind === "mask") ? <p className="quiet">{say.masksFromThen}</p> : null}
        {areas.length === 0 ? <p className="quiet">{say.nothingDrawn}</p> : null}
        <ul className="rows">
          {areas.map((area, index) => (
            <li key={JSON.stringify(area)} className="row">
              <p>{wordsOf(area)}</p>
              <button
                type="button"
                className="button-small"
                disabled={deed.busy}
                onClick={() => draw(areas.filter((_, other) => other !== index))}
              >
                {everywhere.remove}
              </button>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function wordsOf(area: SceneArea): string {
  if (area.kind === "ignore") return say.ignored;
  return area.kind === "zone" ? say.zone(area.zone) : say.mask;
}
