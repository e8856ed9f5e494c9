/** Starts the console: learns where the API is, then shows the page. */
import { createRoot } from "react-dom/client";
import { App } from "./shell/app.tsx";

const root = document.getElementById("root");
if (root === null) throw new Error("expected an element with the id root in index.html, found none");
createRoot(root).render(<App />);
