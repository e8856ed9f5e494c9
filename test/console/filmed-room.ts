/**
 * What a browser's camera sees in tests: a room in which nothing moves, and then somebody who walks through it, again and again.
 * The browser of the tests is built without cameras; so the page's own call for one is answered with a film. Runs in the page,
 * before it.
 */
export const filmRoom = `(() => {
  const [width, height, stillMs, walkMs] = [640, 360, 4_000, 4_000];
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const room = canvas.getContext("2d");
  const began = performance.now();
  const box = (colour, ...at) => {
    room.fillStyle = colour;
    room.fillRect(...at);
  };
  const draw = () => {
    const at = (performance.now() - began) % (stillMs + walkMs);
    box("#b9b2a4", 0, 0, width, height);
    box("#7f6a55", 0, 300, width, 60);
    box("#6b4a35", 440, 80, 110, 220);
    if (at > stillMs) box("#27323f", ((at - stillMs) / walkMs) * width - 34, 110, 68, 210);
  };
  setInterval(draw, 33);
  draw();
  const mediaDevices = { getUserMedia: () => Promise.resolve(canvas.captureStream(30)) };
  Object.defineProperty(navigator, "mediaDevices", { configurable: true, value: mediaDevices });
})()`;
