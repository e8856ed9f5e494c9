/** A webhook's secret: shown when it is made, and never again. */
import { say } from "./say.ts";
export function SecretOnce({ secret }: { secret: string }) {
  return (
    <p className="secret" role="status">
      {say.secretOnce} <code>{secret}</code>
    </p>
  );
}
