/** Bytes that any number of readers hold, and that are freed when the last of them lets go. */
import { freeNow } from "../../bounds/free-now.ts";
import { onlyOnce } from "../../bounds/only-once.ts";

/** What came from the store, and what it is by its own hash, whatever was announced. */
export type ReadBytes = { bytes: Uint8Array; sha256: string };

/** The bytes are shared: nobody may write to them. */
export type LentBytes = ReadBytes & {
  /** Nobody reads the bytes through this loan after it. Without effect the second time. */
  giveBack: () => void;
};

export interface SharedBytes {
  lend(): LentBytes;
}

export function shareBytes({ bytes, sha256 }: ReadBytes): SharedBytes {
  let holders = 0;
  return {
    lend() {
      holders += 1;
      const giveBack = onlyOnce(() => {
        holders -= 1;
        if (holders === 0) freeNow(bytes);
      });
      return { bytes, sha256, giveBack };
    },
  };
}
