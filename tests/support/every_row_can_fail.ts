import { assertEquals } from "@std/assert";
import { type ClaimSpec, judge } from "lib/claims/mod.ts";

/** What is done to the numbers below one place of the results. */
const damages: readonly ((x: number) => number)[] = [
  () => 0,
  () => 1e9,
  (x) => -x,
  (x) => 3 * x + 1,
  (x) => x / 3,
  () => NaN,
];

/**
 * Asserts that the verdicts are those that the book states, and that every row can fail: the results
 * are damaged in one place after another, and each row must fail at least once.
 */
export function assertEveryRowCanFail<Results>(
  claims: (results: Results) => readonly ClaimSpec[],
  results: Results,
): void {
  const judged = claims(results).map(judge);
  assertEquals(
    judged.map(({ title, verdict }) => [title, verdict]),
    judged.map(({ title, states }) => [title, states]),
  );
  const left = new Set(judged.flatMap(({ rows }) => rows.map(({ what }) => what)));
  const strike = (claims: readonly ClaimSpec[]) => {
    for (const { rows } of claims) {
      for (const { what, outcome } of rows) if (outcome === "fails") left.delete(what);
    }
  };
  for (const broken of damaged(results)) {
    if (left.size === 0) return;
    let outcome: readonly ClaimSpec[];
    try {
      outcome = claims(broken as Results);
    } catch (error) {
      if (error instanceof RangeError) continue; // a rule that refuses its input judges no row
      throw error;
    }
    strike(outcome);
  }
  assertEquals([...left], [], "rows that nothing makes fail");
}

/** Copies of a value, each with one place damaged, level by level: what is large and rough comes first. */
export function* damaged(value: unknown): Generator<unknown> {
  let level: readonly Place[] = [{ part: value, whole: (broken) => broken }];
  while (level.length > 0) {
    for (const { part, whole } of level) {
      for (const broken of damagedAsWhole(part)) yield whole(broken);
    }
    level = level.flatMap(placesIn);
  }
}

/** A part of a value, and the value with something else in its place. */
interface Place {
  readonly part: unknown;
  whole(broken: unknown): unknown;
}

function placesIn({ part, whole }: Place): Place[] {
  if (typeof part !== "object" || part === null || isFigures(part)) return [];
  return Object.entries(part).map(([key, inner]) => ({
    part: inner,
    whole: (broken) =>
      whole(Array.isArray(part) ? part.with(Number(key), broken) : { ...part, [key]: broken }),
  }));
}

function* damagedAsWhole(value: unknown): Generator<unknown> {
  if (typeof value === "boolean") yield !value;
  if (typeof value === "string") yield `not ${value}`;
  for (const damage of damages) {
    const copy = mapNumbers(value, damage);
    if (copy !== value) yield copy;
  }
}

/** Whether a value is one list of figures, which is damaged as a whole. */
function isFigures(value: unknown): boolean {
  if (ArrayBuffer.isView(value)) return true;
  return Array.isArray(value) && value.every((part) => typeof part === "number" || isFigures(part));
}

function mapNumbers(value: unknown, damage: (x: number) => number): unknown {
  if (typeof value === "number") return damage(value);
  if (value instanceof Float64Array) return value.map(damage);
  if (Array.isArray(value)) return value.map((part) => mapNumbers(part, damage));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, mapNumbers(part, damage)]),
  );
}
