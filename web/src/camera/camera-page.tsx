/** Whatever this page is open on, a phone or a laptop, as a camera of the account. */

import { useEffect, useRef, useState } from "react";
import { Refusal } from "../api/failure.ts";
import { useDeed } from "../endpoint/use-deed.ts";
import { Link } from "../shell/link.tsx";
import { useVisit } from "../shell/visit.ts";
import { everywhere } from "../words/say.ts";
import { AddCamera } from "./add-camera.tsx";
import { type Camera, forgetCamera, keepCamera, loadCamera } from "./kept-camera.ts";
import { ReportList } from "./report-list.tsx";
import { say } from "./say.ts";
import { useWatching } from "./use-watching.ts";

export function CameraPage() {
  const { account } = useVisit();
  const [camera, setCamera] = useState(() => loadCamera(localStorage, account.id));
  useEffect(() => {
    document.title = say.pageTitle;
  }, []);
  const keep = (added: Camera) => {
    keepCamera(localStorage, added);
    setCamera(added);
  };
  const forget = () => {
    forgetCamera(localStorage);
    setCamera(undefined);
  };
  return (
    <main id="content" className="page camera" tabIndex={-1}>
      <Link className="back" href="/">
        <span aria-hidden="true">←</span> {everywhere.allDigests}
      </Link>
      <h1>{say.title}</h1>
      <p className="quiet">{say.what}</p>
      {camera === undefined ? (
        <AddCamera onAdded={keep} />
      ) : (
        <Watching camera={camera} onForgotten={forget} />
      )}
    </main>
  );
}

function Watching({ camera, onForgotten }: { camera: Camera; onForgotten: () => void }) {
  const { api } = useVisit();
  const video = useRef<HTMLVideoElement>(null);
  const { state, changed, reports, start, stop, takeNow } = useWatching({
    video,
    camera,
    onRevoked: onForgotten,
  });
  const removal = useDeed(() => {});
  const isOn = state.kind === "watching";
  const remove = () =>
    removal.run(async () => {
      stop();
      await api.removeDevice(camera.deviceId).catch((failure: unknown) => {
        // Somebody else was quicker.
        if (!(failure instanceof Refusal) || failure.problem.status !== 404) throw failure;
      });
      onForgotten();
    });
  return (
    <>
      <div className="camera-view" data-on={isOn}>
        <video ref={video} muted playsInline aria-label={say.whatItSees} />
        {isOn ? null : <p className="camera-off">{state.kind === "asking" ? say.waiting : say.off}</p>}
      </div>
      <p className="camera-motion">
        <label htmlFor="camera-motion">{say.movingNow}</label>
        <meter id="camera-motion" min={0} max={0.25} value={isOn ? Math.min(changed, 0.25) : 0} />
      </p>
      <div className="actions">
        {isOn ? (
          <>
            <button type="button" className="button" onClick={takeNow}>
              {say.sendNow}
            </button>
            <button type="button" className="button-small" onClick={stop}>
              {say.stop}
            </button>
          </>
        ) : (
          <button
            type="button"
            className="button"
            disabled={state.kind === "asking"}
            onClick={() => void start()}
          >
            {say.start}
          </button>
        )}
        <button type="button" className="button-small" disabled={removal.busy} onClick={remove}>
          {say.removeNamed(camera.name)}
        </button>
      </div>
      <p className="fault" role="alert">
        {state.kind === "stopped" ? state.why : removal.fault}
      </p>
      <ReportList reports={reports} />
    </>
  );
}
