/** The environment of sign-in, parsed once: less than what the API is told, because it may do less. */
import * as z from "zod";

const SignInConfig = z
  .object({
    /** As the role `vigil_sign_in`. */
    SIGN_IN_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
    DATABASE_CONNECTIONS_MAX: z.coerce.number().int().min(1).max(100).default(10),
    SIGN_IN_SECRET: z.string().min(32),
    CONSOLE_ORIGIN: z.url(),
    SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    MAIL_FROM: z.string().min(3).optional(),
    /** What the router in front proves itself with, so that its word on who asks is believed; unset: there is none in front. */
    ROUTER_KEY: z.string().min(16).optional(),
    LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  })
  .refine((env) => (env.SMTP_URL === undefined) === (env.MAIL_FROM === undefined), {
    message: "SMTP_URL and MAIL_FROM go together",
  });
export type SignInConfig = Readonly<z.infer<typeof SignInConfig>>;

/** @throws Error that lists every fault at once */
export function parseSignInConfig(env: Record<string, string | undefined>): SignInConfig {
  const parsed = SignInConfig.safeParse(env);
  if (parsed.success) return Object.freeze(parsed.data);
  throw new Error(`the environment of sign-in is not fit to start with:\n${z.prettifyError(parsed.error)}`);
}

export function signInConfigFromEnvironment(): SignInConfig {
  return parseSignInConfig(process.env);
}
