import type { Address } from "../access/read-address.ts";

/**
 * Calls `onState` for whatever a device says is on or off, until the signal ends it or the connection is lost.
 * @throws why it was lost
 */
export type Follow = (
  address: Address,
  onState: (name: string, isOn: boolean) => void,
  signal: AbortSignal,
) => Promise<void>;
