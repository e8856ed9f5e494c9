/** What the console asks about devices: which there are, letting one in, its keys, and removing it. */
import type { Client } from "@vigil/client";
import { bounded, type Settle } from "./asking.ts";
import type { Device, DeviceInput, DeviceWithKey, Enrolment, EnrolmentGrant } from "./contract.ts";

export type DevicesApi = {
  devices: (signal?: AbortSignal) => Promise<Device[]>;
  /** The answer holds the device's key, once. */
  addDevice: (input: DeviceInput, idempotencyKey: string) => Promise<DeviceWithKey>;
  /** Its keys stop working at once; its events stay. */
  removeDevice: (id: string) => Promise<void>;
  /** A new key in the place of the old ones, which stay valid for so many hours; the answer holds it, once. */
  rotateDeviceKey: (id: string, overlapHours: number, idempotencyKey: string) => Promise<DeviceWithKey>;
  revokeDeviceKey: (id: string, keyId: string) => Promise<void>;
  /** The device that waits with a code. */
  showEnrolment: (userCode: string) => Promise<Enrolment>;
  grantEnrolment: (grant: EnrolmentGrant, idempotencyKey: string) => Promise<Device>;
  refuseEnrolment: (userCode: string) => Promise<void>;
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
    rotateDeviceKey: (id, overlapHours, key) => {
      const params = { path: { id }, header: { "idempotency-key": key } };
      const asked = { params, body: { overlapHours }, signal: bounded() };
      return settle(client.POST("/v1/devices/{id}/key-rotations", asked));
    },
    revokeDeviceKey: async (id, keyId) => {
      const params = { path: { id, keyId } };
      await settle(client.DELETE("/v1/devices/{id}/keys/{keyId}", { params, signal: bounded() }));
    },
    showEnrolment: (userCode) =>
      settle(client.POST("/v1/enrolments/shown", { body: { userCode }, signal: bounded() })),
    grantEnrolment: (body, key) => {
      const params = { header: { "idempotency-key": key } };
      return settle(client.POST("/v1/enrolments/granted", { params, body, signal: bounded() }));
    },
    refuseEnrolment: async (userCode) => {
      await settle(client.POST("/v1/enrolments/refused", { body: { userCode }, signal: bounded() }));
    },
  };
}
