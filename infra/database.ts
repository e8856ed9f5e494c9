/**
 * PostgreSQL is provided by the operator and reaches Vigil as one secret, the connection string of the role
 * `vigil_app` (never the owner's: the application must not be able to bypass row-level security).
 *
 * A hosted PostgreSQL with a pooled TLS endpoint, such as Neon, needs no VPC, no NAT gateway (about 35 USD a month for
 * nothing) and no second pooler for Lambda. Aurora in a VPC works the same once the functions are placed in that VPC.
 */
export const databaseUrl = new sst.Secret("DatabaseUrl");
