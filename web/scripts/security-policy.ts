/**
 * What the console's page may load, and from where: its scripts and styles from its own site, answers from the one API,
 * pictures from the one store of evidence. Whoever serves the page knows both, so no policy of this project names a scheme
 * or a wildcard.
 *
 * @param peers origins, e.g. `https://api.example.com`
 */
export function securityPolicy({
  apiOrigin,
  evidenceOrigin,
}: {
  apiOrigin: string;
  evidenceOrigin: string;
}): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "manifest-src 'self'",
    `img-src 'self' ${originOf(evidenceOrigin)}`,
    `connect-src 'self' ${originOf(apiOrigin)}`,
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
