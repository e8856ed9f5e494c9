/** What YOLO models of the COCO classes name, by what it is; written down apart from the code that is tested with it. */
const living = "person bird cat dog horse sheep cow elephant bear zebra giraffe".split(" ");
const things =
  "bicycle,car,motorcycle,airplane,bus,train,truck,boat,traffic light,fire hydrant,stop sign,parking meter,bench,backpack,umbrella,handbag,tie,suitcase,frisbee,skis,snowboard,sports ball,kite,baseball bat,baseball glove,skateboard,surfboard,tennis racket,bottle,wine glass,cup,fork,knife,spoon,bowl,banana,apple,sandwich,orange,broccoli,carrot,hot dog,pizza,donut,cake,chair,couch,potted plant,bed,dining table,toilet,tv,laptop,mouse,remote,keyboard,cell phone,microwave,oven,toaster,sink,refrigerator,book,clock,vase,scissors,teddy bear,hair drier,toothbrush,package,parcel".split(
    ",",
  );

export const cocoKinds = {
  living: new Set(living),
  things: new Set(things),
  everything: [...living, ...things],
};
