/** A webhook's secret: shown when it is made, and never again. */
export function SecretOnce({ secret }: { secret: string }) {
  return (
    <p className="secret" role="status">
      Its signing secret, shown this once: <code>{secret}</code>
    </p>
  );
}
