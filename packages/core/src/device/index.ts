/** Devices: what is known of their clocks. */
export {
  type Clock,
  type ClockState,
  correct as correctClock,
  misdated,
  observe as observeClock,
  stateOf as clockStateOf,
  unknownClock,
} from "./clock.ts";
