/** Where the API is: `/config.json`, served beside the console, holds `{ "apiUrl": "https://…" }`. */

export type Config = { apiUrl: string };

export async function loadConfig(signal: AbortSignal): Promise<Config> {
  const response = await fetch("/config.json", { cache: "no-cache", signal });
  if (!response.ok) throw new Error(`expected /config.json beside the console, got HTTP ${response.status}`);
  const body: unknown = await response.json().catch(() => null);
  if (typeof body === "object" && body !== null && "apiUrl" in body && typeof body.apiUrl === "string") {
    return { apiUrl: body.apiUrl };
  }
  throw new Error('expected /config.json to hold { "apiUrl": "https://…" }, got something else');
}
