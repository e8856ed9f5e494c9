/** Real camera photographs that arrive through npm; tests and benches fetch them through the store. None is committed. */
import type { PackageFile } from "../src/model/store.ts";

export type SamplePhotograph = { file: PackageFile; width: number; height: number };

const pedestrians = { package: "@erceth/pedestrian-detection", version: "1.2.0", licence: "ISC" };

export const samplePhotographs = {
  manInLane: {
    file: {
      ...pedestrians,
      path: "images/man_copy.jpg",
      sha256: "1df730c81b40d6226d7d9e41068ebe52f56f4cdec8c39fb999a41185cfec1282",
    },
    width: 1280,
    height: 720,
  },
  truckInLane: {
    file: {
      ...pedestrians,
      path: "images/truck.jpg",
      sha256: "48c6d2f510fc98733e4a05624f7b92247f146083fe384b765f921c35da0c1feb",
    },
    width: 1920,
    height: 1080,
  },
  carPark: {
    file: {
      package: "@jimp/jpeg",
      version: "0.22.12",
      path: "test/images/fillbytes.jpg",
      sha256: "4c6e9a64bbc28452090132c287f65a8821758250ead5ab3c7ff0c516a0fbe1dd",
      licence: "MIT",
    },
    width: 704,
    height: 576,
  },
  emptyGarden: {
    file: {
      package: "homekit-react-components",
      version: "1.0.0",
      path: "styleguide/images/camera_example.jpeg",
      sha256: "b890c97d00dd91397fc9b815513a536e913450d30411c58fa91ef5d25e378bb4",
      licence: "ISC",
    },
    width: 960,
    height: 540,
  },
  nightStreet: {
    file: {
      package: "jquery.html5loader",
      version: "1.8.0",
      path: "files/image4.jpg",
      sha256: "71258a5a07e5df7553af9fa22fe88ccfe1e83ae942d5e9d4e78ccc1a8d9d6ab1",
      licence: "MIT",
    },
    width: 400,
    height: 400,
  },
  dogOnLawn: {
    file: {
      package: "ml-classifier",
      version: "0.5.1",
      path: "example/dist/dog.03a7048a.jpg",
      sha256: "45467a280e2cd46a6d29caceeb1336624d4833e13758129e7d2077868a8c5137",
      licence: "MIT",
    },
    width: 449,
    height: 300,
  },
} as const satisfies Record<string, SamplePhotograph>;

/** Four people who face the camera; not a security camera's picture, so apart from the others. */
export const fourFaces: SamplePhotograph = {
  file: {
    package: "opencv4nodejs",
    version: "1.1.0",
    path: "data/got.jpg",
    sha256: "149a985d70a793f2bd7f3f80c7ac5493e5041581de56466dff5d0090d9408b93",
    licence: "ISC",
  },
  width: 960,
  height: 384,
};
