import objectInspect from "object-inspect";

/** A value as text, as a console shows it. */
export function inspect(value: unknown): string {
  if (value instanceof Error) return value.stack ?? `${value.name}: ${value.message}`;
  return objectInspect(value, {
    quoteStyle: "double",
    indent: 2,
    depth: 5,
    maxStringLength: 10_000,
  });
}
