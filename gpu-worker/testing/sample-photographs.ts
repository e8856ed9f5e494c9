/** The photographs that tests and benches look at. */
import { photograph } from "../src/model/index.ts";

export const samplePhotographs = {
  manInLane: photograph("man-in-lane"),
  truckInLane: photograph("truck-in-lane"),
  carPark: photograph("car-park"),
  emptyGarden: photograph("empty-garden"),
  nightStreet: photograph("night-street"),
  dogOnLawn: photograph("dog-on-lawn"),
};

/** Four people who face the camera; not a security camera's picture, so apart from the others. */
export const fourFaces = photograph("four-faces");
