/**
 * How a function becomes the files that Lambda loads: as the deployment makes them, and as the benchmark of cold starts measures
 * them.
 *
 * What is loaded lazily is a file of its own. Functions keep their names, so that a stack trace can be read without a source
 * map: with one, Node parses it before anything is answered, and a cold start took nearly twice as long.
 */
export const bundling = {
  format: "esm",
  splitting: true,
  minify: true,
  sourcemap: false,
  esbuild: { keepNames: true },
} as const;

/** As of when Cloudflare's runtime behaves, deployed and on a desk. */
export const edgeRuntime = { date: "2026-07-01", flags: ["nodejs_compat"] } as const;
