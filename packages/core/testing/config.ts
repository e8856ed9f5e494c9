/** The server that test databases are made on: `npm test` starts one and names it here. */
export function testServerUrl(): string {
  const url = process.env.TEST_DATABASE_URL;
  if (!url) throw new Error("expected TEST_DATABASE_URL; run this test through npm test -- <file>");
  return url;
}
