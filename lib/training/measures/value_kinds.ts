/** What a value of an evaluation row must be. */
export interface ValueKind {
  /** In words, to follow "must be". */
  readonly is: string;
  /** Whether a value is one. */
  holds(value: unknown): boolean;
}

const number = (is: string, holds: (x: number) => boolean): ValueKind => ({
  is,
  holds: (value) => typeof value === "number" && holds(value),
});

/** How many there are. */
export const count: ValueKind = number(
  "a whole number >= 0",
  (x) => Number.isSafeInteger(x) && x >= 0,
);
/** Errors per label, which may be more than 1. */
export const rate: ValueKind = number("a finite number >= 0", (x) => Number.isFinite(x) && x >= 0);
/** A part of a whole. */
export const share: ValueKind = number("a number from 0 to 1", (x) => x >= 0 && x <= 1);
/** Infinity where no path fits. */
export const loss: ValueKind = number("a finite number or Infinity", (x) => x > -Infinity);
/** NaN where there was nothing to measure. */
export const amount: ValueKind = number("a number, Infinity or NaN", (x) => x !== -Infinity);

/** An object with values of these kinds, some of which it must have, and no others. */
export function recordOf(
  kinds: Readonly<Record<string, ValueKind>>,
  needed: readonly string[],
): ValueKind {
  return {
    is: `a record of ${Object.keys(kinds).join(", ")}`,
    holds: (value) => recordFault(value, kinds, needed) === undefined,
  };
}

/** A list of values of one kind. */
export function listOf(kind: ValueKind): ValueKind {
  return {
    is: `a list, each ${kind.is}`,
    holds: (value) => Array.isArray(value) && value.every((one) => kind.holds(one)),
  };
}

/** What keeps a value from being such an object, in words; undefined if nothing does. */
export function recordFault(
  value: unknown,
  kinds: Readonly<Record<string, ValueKind>>,
  needed: readonly string[],
): string | undefined {
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    return `it must be a record: it is ${JSON.stringify(value)}`;
  }
  const missing = needed.find((name) => !Object.hasOwn(value, name));
  if (missing !== undefined) return `"${missing}" is missing`;
  for (const [name, found] of Object.entries(value)) {
    if (!Object.hasOwn(kinds, name)) return `nobody knows ${JSON.stringify(name)}`;
    const { is } = kinds[name];
    if (!kinds[name].holds(found)) return `"${name}" must be ${is}: it is ${shown(found)}`;
  }
  return undefined;
}

function shown(value: unknown): string {
  return typeof value === "number" ? String(value) : JSON.stringify(value);
}
