// Keeps the live parts of the page up to date: the server renders, this swaps.
const live = document.querySelector("[data-live]");

async function refresh() {
  // What somebody is typing is not taken from under their hands.
  if (!live || live.contains(document.activeElement) || document.hidden) return;
  try {
    const answer = await fetch(live.dataset.live, { headers: { accept: "text/html" } });
    if (answer.ok) live.innerHTML = await answer.text();
    document.body.classList.toggle("away", !answer.ok);
  } catch {
    document.body.classList.add("away");
  }
}

if (live) {
  setInterval(() => void refresh(), Number(live.dataset.every ?? 5000));
  new EventSource("/changes").addEventListener("alarm", () => void refresh());
  document.addEventListener("visibilitychange", () => void refresh());
}

/** How far along something is pressed, 0 to 1. */
const share = (at, from, length) => Math.round(1000 * Math.min(1, Math.max(0, (at - from) / length))) / 1000;

// Corners where the picture is pressed, or a rectangle that is drawn; they go with the form.
const drawing = document.querySelector("[data-draw]");
const seen = drawing?.querySelector(".drawable");

if (seen) {
  const outline = seen.querySelector(".drawn");
  const field = drawing.querySelector("[name=polygon]");
  let corners = [];
  const show = () => {
    field.value = corners.length > 0 ? JSON.stringify(corners) : "";
    outline.setAttribute("points", corners.map(([x, y]) => `${100 * x},${100 * y}`).join(" "));
  };
  const at = ({ clientX, clientY }) => {
    const box = seen.getBoundingClientRect();
    return [share(clientX, box.left, box.width), share(clientY, box.top, box.height)];
  };
  // Pressed and drawn it is a rectangle; pressed alone, one more corner.
  let from;
  let isDrawn = false;
  seen.addEventListener("pointerdown", (press) => {
    press.preventDefault();
    seen.setPointerCapture(press.pointerId);
    from = at(press);
    isDrawn = false;
  });
  seen.addEventListener("pointermove", (move) => {
    const [x, y] = at(move);
    if (!from || (!isDrawn && Math.max(Math.abs(x - from[0]), Math.abs(y - from[1])) < 0.02)) return;
    isDrawn = true;
    corners = [from, [x, from[1]], [x, y], [from[0], y]];
    show();
  });
  seen.addEventListener("pointerup", (press) => {
    if (from && !isDrawn) corners.push(at(press));
    from = undefined;
    show();
  });
  seen.addEventListener("pointercancel", () => {
    from = undefined;
  });
  field.form.addEventListener("reset", () => {
    corners = [];
    outline.setAttribute("points", "");
  });
}
