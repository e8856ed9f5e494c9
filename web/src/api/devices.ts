/** What the console asks about devices: which there are, and adding and removing one. */
import type { Client } from "@vigil/client";
import { bounded, type Settle } from "./asking.ts";
import type { Device, DeviceInput, DeviceWithKey } from "./contract.ts";

export type DevicesApi = {
  devices: (signal?: AbortSignal) => Promise<Device[]>;
  /** The answer holds the device's key, once. */
  addDevice: (input: DeviceInput, idempotencyKey: string) => Promise<DeviceWithKey>;
  /** Its keys stop working at once; its events stay. */
  removeDevice: (id: string) => Promise<void>;
};

export function deviceCalls(client: Client, settle: Settle): DevicesApi {
  return {
    devices: async (signal) => (await settle(client.GET("/v1/devices", { signal: bounded(signal) }))).items,
    addDevice: (body, key) => {
      const params = { header: { "idempotency-key": key } };
      return settle(client.POST("/v1/devices", { params, body, signal: bounded() }));
    },
    removeDevice: async (id) => {
      await settle(client.DELETE("/v1/devices/{id}", { params: { path: { id } }, signal: bounded() }));
    },
  };
}
