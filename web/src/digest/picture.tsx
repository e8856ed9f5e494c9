/** A camera picture by its presigned URL: renewed when the URL fails or has expired, and honest when it is gone. */

import { type CSSProperties, useCallback, useEffect, useRef, useState } from "react";
import type { Picture as Offered } from "../api/contract.ts";
import { useVisit } from "../shell/visit.ts";
import { everywhere } from "../words/say.ts";
import { isLive } from "./picture-book.ts";

type Props = {
  digestId: string;
  momentId: string;
  offered: Offered | null;
  alt: string;
  /** Pictures below the fold wait until they are near. */
  lazy?: boolean;
  /** Called with the picture's own size in pixels. */
  onSize?: (width: number, height: number) => void;
};

const renewalsMax = 3;

export function Picture({ digestId, momentId, offered, alt, lazy = false, onSize }: Props) {
  const { pictures } = useVisit();
  const [shown, setShown] = useState(() => pictures.current(momentId, offered));
  const [state, setState] = useState<"loading" | "loaded" | "gone">(offered === null ? "gone" : "loading");
  const renewals = useRef(0);

  const renew = useCallback(() => {
    renewals.current += 1;
    if (renewals.current > renewalsMax) return setState("gone");
    pictures.renew(digestId, momentId, shown?.url).then(
      (fresh) => (fresh === null || fresh.url === shown?.url ? setState("gone") : setShown(fresh)),
      () => setState("gone"),
    );
  }, [digestId, momentId, pictures, shown]);

  // While nothing has been shown yet, a newer offer takes the place of one that ran out.
  useEffect(() => {
    if (state === "loaded" || offered === null) return;
    if (shown !== null && isLive(shown, Date.now())) return;
    if (isLive(offered, Date.now())) {
      setShown(pictures.current(momentId, offered));
      setState("loading");
    } else if (renewals.current === 0) {
      renew();
    }
  }, [momentId, offered, pictures, renew, shown, state]);

  if (state === "gone" || shown === null) return <NoPicture alt={alt} />;
  return (
    <img
      className="picture"
      data-state={state}
      src={shown.url}
      alt={alt}
      loading={lazy ? "lazy" : "eager"}
      decoding="async"
      onLoad={(event) => {
        renewals.current = 0;
        setState("loaded");
        onSize?.(event.currentTarget.naturalWidth, event.currentTarget.naturalHeight);
      }}
      onError={renew}
    />
  );
}

/** What stands where a picture cannot. */
export function NoPicture({ alt, style }: { alt: string; style?: CSSProperties }) {
  return (
    <div className="picture picture-none" role="img" aria-label={alt} style={style}>
      <svg viewBox="0 0 48 48" aria-hidden="true">
        <path d="M6 24c5-8 11-12 18-12s13 4 18 12c-5 8-11 12-18 12S11 32 6 24Z" />
        <circle cx="24" cy="24" r="5" />
        <path d="M10 40 38 8" />
      </svg>
      <span aria-hidden="true">{everywhere.noPicture}</span>
    </div>
  );
}
