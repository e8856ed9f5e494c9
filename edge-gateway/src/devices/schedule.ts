/** When a device is asked, and what it can be told. */

export type Schedule = {
  /** `continuous`: the device sends by itself; `on_demand`: it is asked. */
  mode: "continuous" | "on_demand";
  requestEverySeconds: number;
  eepromEverySeconds: number;
};

export const commandNames = ["PERIOD_ON", "PERIODIC_ON", "REQUEST1", "EEPROM1"] as const;
export type CommandName = (typeof commandNames)[number];
