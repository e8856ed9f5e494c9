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

// A corner where the picture is pressed; what is drawn goes with the form.
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
  seen.addEventListener("click", ({ clientX, clientY }) => {
    const box = seen.getBoundingClientRect();
    corners.push([share(clientX, box.left, box.width), share(clientY, box.top, box.height)]);
    show();
  });
  field.form.addEventListener("reset", () => {
    corners = [];
    outline.setAttribute("points", "");
  });
}
