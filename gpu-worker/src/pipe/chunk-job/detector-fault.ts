/** The detector gave no answer for a picture. */
export class DetectorFault extends Error {
  override readonly name = "DetectorFault";
}
