/** What several operations ask for in the same way is described once, and referred to by name, as refusals and bodies are. */
import type { OpenAPIHono } from "@hono/zod-openapi";

type Document = ReturnType<OpenAPIHono["getOpenAPI31Document"]>;
type Paths = NonNullable<Document["paths"]>;
type Parameters = NonNullable<NonNullable<Document["components"]>["parameters"]>;
type Parameter = {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema: { $ref?: string; description?: string };
};
type Operation = { parameters?: Parameter[] };

/** Throws for two parameters that differ and would have one name. */
export function shareParameters(paths: Paths): { paths: Paths; parameters: Parameters } {
  const operations = Object.values(paths).flatMap((item) => Object.values(item as Record<string, Operation>));
  const uses = new Map<string, number>();
  for (const parameter of operations.flatMap(({ parameters = [] }) => parameters)) {
    const text = JSON.stringify(parameter);
    uses.set(text, (uses.get(text) ?? 0) + 1);
  }
  const shared: Record<string, Parameter> = {};
  const refer = (parameter: Parameter) => {
    if ((uses.get(JSON.stringify(parameter)) ?? 0) < 2) return saidOnce(parameter);
    const name = nameOf(parameter);
    const said = saidOnce(parameter);
    shared[name] ??= said;
    if (JSON.stringify(shared[name]) !== JSON.stringify(said)) {
      throw new Error(`expected one parameter of the name ${name}, got two that differ`);
    }
    return { $ref: `#/components/parameters/${name}` };
  };
  const referred = Object.entries(paths).map(([path, item]) => {
    const all = Object.entries(item as Record<string, Operation>).map(([method, operation]) => [
      method,
      operation.parameters ? { ...operation, parameters: operation.parameters.map(refer) } : operation,
    ]);
    return [path, Object.fromEntries(all)];
  });
  const sorted = Object.entries(shared).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    paths: Object.fromEntries(referred) as Paths,
    parameters: Object.fromEntries(sorted) as unknown as Parameters,
  };
}

/**
 * As its schema where that has a name (`DeviceId`); otherwise as it is called itself: `idempotency-key` is `IdempotencyKey`, and
 * a header that some need and others may have is `OptionalIdempotencyKey` where it may be left out.
 */
function nameOf({ name, in: place, required = false, schema: { $ref } }: Parameter): string {
  if ($ref) return $ref.slice($ref.lastIndexOf("/") + 1);
  const optional = place === "header" && !required ? "optional-" : "";
  return `${optional}${name}`.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The library writes a description twice: of the parameter, and of its schema. */
function saidOnce(parameter: Parameter): Parameter {
  const { description, ...schema } = parameter.schema;
  return description === parameter.description ? { ...parameter, schema } : parameter;
}
