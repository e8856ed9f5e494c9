/**
 * Every number that the explainer weighs with, in one table. Scores lie in 0..1 (cut-offs in `level.ts`); an added
 * weight is in points of score, a factor multiplies what was reported. `scenarios.ts` holds the table in place: the
 * mutation test changes each number and expects a scenario to fail.
 */
export const weights = {
  /** How much each report says in a place of full risk (1.0), before place, hour and mode. */
  reports: {
    motion: 0.34,
    person: 0.6,
    vehicle: 0.42,
    animal: 0.2,
    package: 0.35,
    doorbell: 0.32,
    door: 0.4,
    window: 0.5,
    custom: 0.4,
  },
  /** Reports that mean the same wherever the device hangs. */
  alarms: {
    smoke: 0.92,
    carbon_monoxide: 0.97,
    gas: 0.93,
    flame: 0.95,
    glass_break: 0.79,
    forced_entry: 0.92,
    tamper: 0.6,
    audio: 0.25,
    temperature: 0.25,
  },
  zones: {
    risks: {
      front_door: 0.7,
      back_door: 0.75,
      side_door: 0.72,
      backyard: 0.67,
      side_yard: 0.68,
      front_yard: 0.5,
      garage: 0.62,
      porch: 0.55,
      driveway: 0.55,
      street: 0.3,
      living_room: 0.35,
      bedroom: 0.4,
      kitchen: 0.33,
      hallway: 0.31,
    } as Readonly<Record<string, number>>,
    /** A place that is not in the table, by its kind. */
    kinds: { entry: 0.7, perimeter: 0.55, interior: 0.35, public: 0.3, unknown: 0.5 },
    /** Factor at a way in or on private ground outside. */
    edge: 1.25,
    /** A door or a window is a way in even when the sensor is named after a room. */
    openingRiskMin: 0.7,
  },
  hours: { night: 1.15 },
  modes: {
    home: 0.7,
    /** Residents asleep explain less of what happens outside than residents up and about. */
    homeAtNight: 0.9,
    away: 1.3,
    night: 1.2,
    vacation: 1.35,
  },
  /** Added while the mode is away or vacation. */
  empty: { personInside: 0.57, motionInside: 0.35, opening: 0.22 },
  details: {
    /** A report of confidence 0 keeps this much of its weight, one of confidence 1 all of it. */
    doubtful: 0.5,
    /** A report that a door or a window has been closed keeps this much. */
    closed: 0.6,
    /** Someone or something that stays outside; times the confidence. */
    lingering: 0.15,
    /** More of it for minutes, while residents do not explain it. */
    lingeringLong: 0.2,
    /** Inside, somebody whom the device says it does not know; times the confidence. */
    strangerInside: 0.57,
    /** The largest part of a movement that a pet explains; times how sure the pet is. */
    pet: 0.6,
    /** How sure a pet is that was seen beside the movement without a stated confidence. */
    petSeenBeside: 0.8,
    /** A recognised person, or a door opened with a key or a code, keeps this much. */
    recognised: 0.4,
    /** A sound of violence or of another alarm. */
    alarmingSound: 0.5,
    /** A temperature at which something burns. */
    heat: 0.5,
    /** A temperature at which pipes freeze. */
    frost: 0.25,
  },
  chains: {
    intrusion: 0.5,
    forcedEntry: 0.6,
    breakIn: 0.7,
    prowler: 0.45,
    /** Movement outside, then inside, while nobody is home, without any door sensor between them. */
    cameIn: 0.35,
    /** A door or a window opens, then something moves inside, while nobody is home or a stranger is. */
    entered: 0.3,
    /** From the ground to a door that callers do not use. */
    approach: 0.1,
    /** What remains of an intrusion through a door that residents use. */
    ordinaryEntrance: 0.3,
    /** What remains of a chain (break-in apart) while residents explain it. */
    residentsUp: 0.3,
    residentsUnknown: 0.55,
  },
  calm: {
    delivery: -0.4,
    /** A delivery whose silence afterwards has not been observed yet. */
    deliverySoFar: -0.2,
    comingHome: -0.45,
    chatter: -0.15,
    wind: -0.1,
  },
  /** What pictures show, as far as they were looked at. */
  seen: {
    /** Somebody in the picture of an alarm. */
    personAtAlarm: 0.2,
    /** For each person beyond the first, up to `seenMoreMax`. */
    more: 0.04,
    approaching: 0.06,
    /** What may be a weapon. */
    carrying: 0.25,
    /** A movement of which no picture shows anything keeps this much. */
    nobody: 0.5,
    /** How sure a pet is that the picture shows, and nobody with it. */
    pet: 0.95,
  },
  history: {
    /** At and above `busyPerDay` events in the zone. */
    busy: -0.06,
    /** At and below `rarePerDay`. */
    rare: 0.05,
  },
  personal: { perDismissal: -0.05, most: -0.2 },
  bounds: {
    /** A single sighting that nothing confirms stays below critical. */
    aloneMost: 0.89,
    /** While nobody is home, doubts and habits do not make what deserves a look harmless. */
    emptyLeast: 0.4,
    emergencyLeast: 0.95,
  },
};
export type Weights = typeof weights;

/** Where a rule begins and ends: counts, seconds, degrees Celsius, events a day. */
export const thresholds = Object.freeze({
  lingerSeconds: 30,
  longLingerSeconds: 180,
  /** Reports of one source this close together tell of one stay. */
  staySeconds: 90,
  petSeconds: 15,
  heatCelsius: 55,
  frostCelsius: 4,
  busyPerDay: 100,
  rarePerDay: 1,
  deliverySecondsMin: 2,
  deliverySecondsMax: 30,
  deliverySilenceSeconds: 20,
  stepSeconds: 30,
  /** From a way in that opens to the movement of whoever came in by it. */
  enteredSeconds: 60,
  forcedEntryOpenings: 3,
  forcedEntrySeconds: 15,
  breakInSeconds: 20,
  prowlerPlaces: 3,
  prowlerSeconds: 60,
  /** From one door to the next, round the house. */
  triedSeconds: 120,
  /** Of an empty house. */
  strangerRooms: 2,
  chatterEvents: 6,
  chatterSeconds: 30,
  /** How long nothing else may notice anything for a sensor to be called chattering. */
  chatterAloneSeconds: 60,
  windEvents: 4,
  windSeconds: 60,
  windConfidenceMax: 0.6,
  /** Movement reported with less confidence is no link of a chain. */
  chainConfidenceMin: 0.4,
  comingHomeSeconds: 120,
  /** A threatening chain colours events up to this long after it. */
  aftermathSeconds: 60,
  seenMoreMax: 4,
});
