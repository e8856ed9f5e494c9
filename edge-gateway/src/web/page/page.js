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
