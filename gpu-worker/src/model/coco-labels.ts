/** The 80 classes of COCO in the order in which YOLO models number them (Ultralytics `coco.yaml`). */
export const cocoLabels: readonly string[] = Object.freeze(
  [
    "person,bicycle,car,motorcycle,airplane,bus,train,truck,boat,traffic light",
    "fire hydrant,stop sign,parking meter,bench,bird,cat,dog,horse,sheep,cow",
    "elephant,bear,zebra,giraffe,backpack,umbrella,handbag,tie,suitcase,frisbee",
    "skis,snowboard,sports ball,kite,baseball bat,baseball glove,skateboard,surfboard,tennis racket,bottle",
    "wine glass,cup,fork,knife,spoon,bowl,banana,apple,sandwich,orange",
    "broccoli,carrot,hot dog,pizza,donut,cake,chair,couch,potted plant,bed",
    "dining table,toilet,tv,laptop,mouse,remote,keyboard,cell phone,microwave,oven",
    "toaster,sink,refrigerator,book,clock,vase,scissors,teddy bear,hair drier,toothbrush",
  ].flatMap((line) => line.split(",")),
);

/** Where the 90 numbers of COCO's own paper name no class, from 0. */
const unnamed: ReadonlySet<number> = new Set([11, 25, 28, 29, 44, 65, 67, 68, 70, 82]);

/** The same by those 90 numbers, as TensorFlow's detectors count. What no picture was labelled with is never detected. */
export const cocoLabels90: readonly string[] = Object.freeze(
  Array.from({ length: cocoLabels.length + unnamed.size }, (_, number) => {
    const before = [...unnamed].filter((gap) => gap < number).length;
    return unnamed.has(number) ? `unnamed ${number}` : (cocoLabels[number - before] ?? "");
  }),
);
