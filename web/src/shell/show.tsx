/** Puts the console into its page. */
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";

export function show(): void {
  const root = document.getElementById("root");
  if (root === null) throw new Error("expected an element with the id root in index.html, found none");
  createRoot(root).render(<App />);
}
