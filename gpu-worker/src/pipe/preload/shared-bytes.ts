/** Bytes that the cache and any number of readers hold, and that are freed when the last of them lets go. */
import { freeNow } from "../../bounds/free-now.ts";
import { onlyOnce } from "../../bounds/only-once.ts";

export type LentBytes = {
  /** Shared: nobody may write to them. */
  bytes: Uint8Array;
  /** Nobody reads the bytes through this loan after it. Without effect the second time. */
  giveBack: () => void;
};

export interface SharedBytes {
  readonly byteLength: number;
  lend(): LentBytes;
}

export function shareBytes(bytes: Uint8Array): SharedBytes {
  let holders = 0;
  return {
    byteLength: bytes.byteLength,
    lend() {
      holders += 1;
      const giveBack = onlyOnce(() => {
        holders -= 1;
        if (holders === 0) freeNow(bytes);
      });
      return { bytes, giveBack };
    },
  };
}
