/** What the pictures of an event show, as far as they were looked at: what the digest's side tells the explainer. */
export type Seen = {
  /** Pictures that were looked at, and in which something could be made out. */
  momentIds: readonly string[];
  /** Whether those are all the pictures that the event has or will have. */
  whole: boolean;
  /** Null: nobody for sure. */
  people: SeenPeople | null;
  /** Somebody perhaps, who is neither shown nor ruled out. */
  perhapsPeople: boolean;
  /** `tame`: animals that live with people, and no others. */
  animals: { tame: boolean; momentIds: readonly string[] } | null;
  vehicles: { momentIds: readonly string[] } | null;
};

export type SeenPeople = {
  /** The most in one picture. */
  count: number;
  /** Of the surest of them, 0..1. */
  confidence: number;
  momentIds: readonly string[];
  /** Between the first and the last picture of the same camera that shows somebody without a break. */
  seconds: number;
  /** Whether they grow from picture to picture, as somebody does who comes nearer. */
  approaching: boolean;
  /** What somebody holds that may be a weapon, as the detector calls it. */
  carrying: string | null;
};
