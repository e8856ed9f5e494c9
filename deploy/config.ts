/** What the deployment's own commands read from the environment: secrets that belong on no command line. */
import * as z from "zod";

const Environment = z.object({
  /** Connection URL of the role that owns the tables and may create roles. Only these commands ever see it. */
  OWNER_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** The password that the role `vigil_app` gets; unset, it keeps the one it has. */
  APP_DATABASE_PASSWORD: z.string().min(16).optional(),
  /** The same for the role `vigil_sign_in`. */
  SIGN_IN_DATABASE_PASSWORD: z.string().min(16).optional(),
});

/** @throws with every fault when the environment is not usable */
export function readEnvironment(): z.infer<typeof Environment> {
  const parsed = Environment.safeParse(process.env);
  if (!parsed.success) throw new Error(`the environment is not usable:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
