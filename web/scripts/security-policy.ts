/**
 * What the console's page may load, and from where: its scripts, its styles and the API's answers from its own site,
 * pictures from the one store of evidence, which takes large recordings, too. Whoever serves the page knows it, so no policy of this project names a scheme
 * or a wildcard.
 *
 * @param evidenceOrigin e.g. `https://evidence.example.com`
 */
export function securityPolicy({ evidenceOrigin }: { evidenceOrigin: string }): string {
  const store = originOf(evidenceOrigin);
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "manifest-src 'self'",
    `img-src 'self' ${store}`,
    `connect-src 'self' ${store}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/** @throws Error for what is no http(s) address, so that nothing else gets into a policy */
function originOf(address: string): string {
  const { origin, protocol } = new URL(address);
  if (protocol !== "https:" && protocol !== "http:") {
    throw new Error(`expected an http(s) address, got ${address}`);
  }
  return origin;
}
