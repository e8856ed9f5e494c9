/** A resource as the configuration asked for it: Pulumi's type token, the logical name, and the inputs. */
export type MockedResource = { type: string; name: string; inputs: Record<string, unknown> };
