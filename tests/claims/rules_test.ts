import { assertEquals, assertThrows } from "@std/assert";
import {
  above,
  allWithinSpread,
  atLeast,
  atMost,
  below,
  between,
  decimals,
  effect,
  equal,
  equivalent,
  lowers,
  near,
  noGain,
  ordered,
  type Outcome,
  plain,
  type Row,
  sameRun,
  withinSpread,
} from "lib/claims/mod.ts";

function assertOutcomes(cases: readonly (readonly [Row, Outcome])[]): void {
  assertEquals(cases.map(([{ outcome }]) => outcome), cases.map(([, outcome]) => outcome));
}

Deno.test("equal() compares texts letter by letter and numbers as they are printed", () => {
  assertOutcomes([
    [equal("", 15, 15), "holds"],
    [equal("", 15, 15.0000001), "fails"],
    [equal("", [1, 2], [1, 2]), "holds"],
    [equal("", [1, 2], [2, 1]), "fails"],
    [equal("", "helo", "hello"), "fails"],
    [equal("", 0, 0.0004, { format: decimals(3) }), "holds"],
    [equal("", 0, 0.0006, { format: decimals(3) }), "fails"],
  ]);
  assertEquals(equal("", [0, 0], [0, 0.2], { format: decimals(1) }).measured, "0.0, 0.2");
});

Deno.test("near() holds up to its tolerance, and for no NaN", () => {
  assertOutcomes([
    [near("", 1, 1.5, { tolerance: 0.5 }), "holds"],
    [near("", 1, 0.5, { tolerance: 0.5 }), "holds"],
    [near("", 1, 1.51, { tolerance: 0.5 }), "fails"],
    [near("", 1, NaN, { tolerance: 0.5 }), "fails"],
  ]);
  assertEquals(near("", 1, 1, { tolerance: 1e-9 }).rule, "within 1.00e−9");
});

Deno.test("bounds hold for every value or not at all; the ends count for at least and at most", () => {
  assertOutcomes([
    [atLeast("", 2, [2, 3]), "holds"],
    [atLeast("", 2, [1.9, 3]), "fails"],
    [atLeast("", 2, [1.9, 3], { weaker: 1 }), "direction"],
    [atLeast("", 2, [0.9, 3], { weaker: 1 }), "fails"],
    [atMost("", 2, 2), "holds"],
    [atMost("", 2, 2.1), "fails"],
    [atMost("", 2, 2.1, { weaker: 3 }), "direction"],
    [above("", 2, 2), "fails"],
    [above("", 2, 2.1), "holds"],
    [below("", 2, 2), "fails"],
    [below("", 2, 1.9), "holds"],
    [atLeast("", 2, NaN), "fails"],
    [atMost("", 2, []), "fails"],
  ]);
});

Deno.test("between() holds if all are inside, and has the direction if more than half are", () => {
  assertOutcomes([
    [between("", [1, 2], [1, 2]), "holds"],
    [between("", [1, 2], [1, 2, 2.1]), "direction"],
    [between("", [1, 2], [0.9, 2]), "fails"],
    [between("", [1, 2], [NaN, NaN, 1]), "fails"],
  ]);
  assertEquals(between("", [80, 95], [54, 76]).measured, "54 to 76; 0 of 2 inside");
});

Deno.test("withinSpread() holds within two of the source's σ, or one printed digit", () => {
  const theirs = { mean: 10, deviation: 2 };
  assertOutcomes([
    [withinSpread("", theirs, [14, 14]), "holds"],
    [withinSpread("", theirs, [14.1, 14.1]), "fails"],
    [withinSpread("", theirs, [20, 20], { divide: 9 }), "direction"],
    [withinSpread("", theirs, [5, 5], { divide: 9 }), "fails"],
    [withinSpread("", { mean: 0, deviation: 0 }, [0.1], { digit: 0.1 }), "holds"],
    [withinSpread("", { mean: 0, deviation: 0 }, [0.1]), "fails"],
    [withinSpread("", theirs, [NaN, 10]), "fails"],
  ]);
});

Deno.test("allWithinSpread() holds if every mean is near, and has the direction if more than half are", () => {
  const theirs = { mean: 10, deviation: 2 };
  const means = (...means: number[]) => means.map((mean) => ({ theirs, ours: [mean, mean] }));
  assertOutcomes([
    [allWithinSpread("", means(14, 6)), "holds"],
    [allWithinSpread("", means(14, 6, 14.1)), "direction"],
    [allWithinSpread("", means(14, 14.1)), "fails"],
    [allWithinSpread("", means(NaN, NaN, 10)), "fails"],
    [allWithinSpread("", means(14.1), { digit: 5 }), "holds"],
    [allWithinSpread("", []), "fails"],
  ]);
});

Deno.test("ordered() holds at every seed and has the direction at four fifths; a tie is not below", () => {
  const against = (values: number[]) =>
    ordered("", { name: "a", values }, { name: "b", values: values.map(() => 1) });
  assertOutcomes([
    [against([0, 0, 0, 0, 0]), "holds"],
    [against([0, 0, 0, 0, 1]), "direction"],
    [against([0, 0, 0, 2, 1]), "fails"],
  ]);
  const at = (count: number, n: number) =>
    against(Array.from({ length: n }, (_, seed) => seed < count ? 0 : 2));
  assertOutcomes([
    [at(3, 4), "fails"],
    [at(7, 9), "fails"],
    [at(8, 10), "direction"],
    [at(8, 9), "direction"],
  ]);
  assertThrows(() => against([NaN]), RangeError, "NaN");
  assertEquals(against([0, 0, 0, 0, 1]).measured, "at 4 of 5, 1 tied (median: a 0, b 1)");
  const empty = { name: "a", values: [] };
  assertThrows(() => ordered("", empty, empty), RangeError, "at least one");
  assertThrows(() => ordered("", empty, { name: "b", values: [1] }), RangeError, "0 and 1");
});

/** Pairs whose difference has the mean `mean` and an interval of about ±`half`, of a base of 100. */
function pair(mean: number, half: number): { values: number[]; base: number[] } {
  const step = half / 4.303 * Math.sqrt(3);
  return { values: [mean - step, mean, mean + step].map((d) => 100 + d), base: [100, 100, 100] };
}

Deno.test("equivalent() holds inside the margin, fails outside, and is undecided across it", () => {
  assertOutcomes([
    [equivalent("", pair(4, 5), { margin: 0.1 }), "holds"],
    [equivalent("", pair(-4, 5), { margin: 0.1 }), "holds"],
    [equivalent("", pair(0, 11), { margin: 0.1 }), "undecided"],
    [equivalent("", pair(12, 3), { margin: 0.1 }), "undecided"],
    [equivalent("", pair(14, 3), { margin: 0.1 }), "fails"],
    [equivalent("", pair(-14, 3), { margin: 0.1 }), "fails"],
    [equivalent("", pair(NaN, 3), { margin: 0.1 }), "undecided"],
  ]);
  assertEquals(equivalent("", pair(4, 5), { margin: 0.1 }).measured, "1.04× (−1 to +9 %)");
});

Deno.test("noGain() bounds the gain alone: any loss is no gain", () => {
  assertOutcomes([
    [noGain("", pair(50, 20), { margin: 0.1 }), "holds"],
    [noGain("", pair(-4, 5), { margin: 0.1 }), "holds"],
    [noGain("", pair(-4, 7), { margin: 0.1 }), "undecided"],
    [noGain("", pair(-14, 3), { margin: 0.1 }), "fails"],
  ]);
});

Deno.test("lowers() asks for an interval below 0; one that holds 0 says nothing", () => {
  assertOutcomes([
    [lowers("", pair(-20, 5)), "holds"],
    [lowers("", pair(20, 5)), "fails"],
    [lowers("", pair(-4, 5)), "undecided"],
    [lowers("", pair(NaN, 5)), "undecided"],
  ]);
});

Deno.test("effect() asks for the source's side first, then for the size", () => {
  assertOutcomes([
    [effect("", 1.2, pair(20, 5)), "holds"],
    [effect("", 1.2, pair(60, 5)), "direction"],
    [effect("", 2, pair(20, 5)), "direction"],
    [effect("", 2, pair(20, 5), { within: 2 }), "holds"],
    [effect("", 1.2, pair(20, 25)), "undecided"],
    [effect("", 1.2, pair(-20, 5)), "fails"],
    [effect("", 0.8, pair(-20, 5)), "holds"],
    [effect("", 0.8, pair(20, 5)), "fails"],
  ]);
  assertThrows(() => effect("", 1, pair(20, 5)), RangeError, "ratio is 1");
});

Deno.test("sameRun() is a check that one other bit breaks", () => {
  const rows = (live: unknown, stored: unknown) =>
    sameRun("results/", { what: "seed 0", live, stored }).rows.map(({ outcome }) => outcome);
  assertEquals(rows([{ per: 0.1 }], [{ per: 0.1 }]), ["holds"]);
  assertEquals(rows([{ per: 0.1 }], [{ per: 0.1 + 2 ** -56 }]), ["fails"]);
  assertEquals(rows([Infinity], [null]), ["fails"]);
});

Deno.test("plain() writes powers of ten from a million on, and below a thousandth", () => {
  assertEquals([999_999, -123_456, 1e6, 0.001, 0.000999].map(plain), [
    "999999",
    "−123456",
    "1.00e+6",
    "0.001",
    "9.99e−4",
  ]);
});

Deno.test("plain() writes at most three significant digits, with a proper minus", () => {
  assertEquals([0, 15, -0.5, 0.12345, 1234567, 1e-9, NaN, -Infinity].map(plain), [
    "0",
    "15",
    "−0.5",
    "0.123",
    "1.23e+6",
    "1.00e−9",
    "NaN",
    "−Infinity",
  ]);
});

Deno.test("every rule says what was expected by its own numbers, or as it is told", () => {
  const theirs = { mean: 10, deviation: 2 }, pairs = pair(-20, 5), of = { values: [1], name: "a" };
  const rules: [(told?: { expected: string }) => Row, string][] = [
    [(told) => equal("", [1, 2], [1, 2], told), "1, 2"],
    [(told) => near("", 1.5, 1, { tolerance: 1, ...told }), "1.5"],
    [(told) => atLeast("", 2, 3, told), "at least 2"],
    [(told) => atMost("", 2, 3, told), "at most 2"],
    [(told) => above("", 2, 3, told), "above 2"],
    [(told) => below("", 2, 3, told), "below 2"],
    [(told) => between("", [1, 2], [3], told), "1 to 2"],
    [(told) => withinSpread("", theirs, [9, 11], told), "10 ± 2"],
    [(told) => ordered("", of, { values: [2], name: "b" }, told), "a below b"],
    [(told) => equivalent("", pairs, { margin: 0.1, ...told }), "no difference"],
    [(told) => noGain("", pairs, { margin: 0.1, ...told }), "no gain"],
    [(told) => lowers("", pairs, told), "below 1×"],
    [(told) => effect("", 0.5, pairs, told), "0.50×"],
  ];
  for (const [row, expected] of rules) {
    assertEquals([row().expected, row({ expected: "so" }).expected], [expected, "so"]);
  }
});

Deno.test("every rule says what was measured, and what it goes by", () => {
  const said = ({ measured, rule }: Row) => `${measured} | ${rule}`;
  const theirs = { mean: 10, deviation: 2 };
  assertEquals([
    said(near("", 1, 1.5, { tolerance: 0.5 })),
    said(atLeast("", 2, [3, 1.9], { weaker: 1 })),
    said(below("", 2, 1)),
    said(withinSpread("", theirs, [7, 9, 11], { divide: 5 })),
    said(equivalent("", pair(4, 5), { margin: 0.1 })),
    said(noGain("", pair(-14, 3), { margin: 0.1 })),
    said(lowers("", pair(-20, 5))),
  ], [
    "1.5 | within 0.5",
    "1.9 to 3 | at least 2; direction: at least 1",
    "1 | below 2",
    "9 ± 2 | within two of the source's σ; direction: same side of 5",
    "1.04× (−1 to +9 %) | 95 % interval inside ±10 %",
    "0.86× (−17 to −11 %) | 95 % interval above −10 %",
    "0.80× (−25 to −15 %) | 95 % interval below 0",
  ]);
});
