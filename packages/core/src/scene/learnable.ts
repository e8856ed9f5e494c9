/**
 * What may become a part of a camera's scene: the things named here and nothing else. People and animals are not among
 * them, and neither is whatever another detector may call a person; the database refuses other labels too.
 */
export const learnable = [
  "bicycle",
  "car",
  "motorcycle",
  "airplane",
  "bus",
  "train",
  "truck",
  "boat",
  "backpack",
  "umbrella",
  "handbag",
  "suitcase",
  "package",
  "parcel",
  "bench",
  "chair",
  "couch",
  "potted plant",
  "bed",
  "dining table",
  "toilet",
  "tv",
  "laptop",
  "refrigerator",
  "oven",
  "microwave",
  "sink",
  "clock",
  "vase",
  "book",
  "teddy bear",
  "surfboard",
  "traffic light",
  "fire hydrant",
  "stop sign",
  "parking meter",
  "skateboard",
  "kite",
  "sports ball",
] as const;

const labels: ReadonlySet<string> = new Set(learnable);

export function isLearnable(label: string): boolean {
  return labels.has(label);
}
