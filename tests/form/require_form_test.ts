import { assertEquals, assertThrows } from "@std/assert";
import { flag, type Form, nearest, number, optional, requireForm, whole } from "lib/form/mod.ts";

interface Cake {
  readonly layers: number;
  readonly sugar?: number;
  readonly name: string;
  readonly size: readonly [number, number];
  readonly iced?: boolean;
  readonly filling?: { readonly kind: "jam"; readonly fruit: string } | { readonly kind: "none" };
  readonly candles: readonly { readonly colour: "red" | "blue" }[];
}

const cake: Form<Cake> = {
  is: "record",
  fields: {
    layers: whole({ min: 1 }),
    sugar: optional(number({ above: 0, max: 1 })),
    name: { is: "text", notEmpty: true },
    size: { is: "range", min: 0, max: 9 },
    iced: optional(flag),
    filling: optional({
      is: "variants",
      of: { jam: { fruit: { is: "text" } }, none: {} },
    }),
    candles: {
      is: "list",
      least: 1,
      of: { is: "record", fields: { colour: { is: "choice", of: ["red", "blue"] } } },
    },
  },
};

const good: Cake = { layers: 2, name: "x", size: [1, 1], candles: [{ colour: "red" }] };

Deno.test("requireForm() takes what has the form, with and without what may be left out", () => {
  requireForm("Cannot bake", cake, good);
  requireForm("Cannot bake", cake, { ...good, sugar: 1, iced: false, filling: { kind: "none" } });
  requireForm("Cannot bake", cake, { ...good, sugar: undefined });
  requireForm("Cannot bake", cake, { ...good, filling: { kind: "jam", fruit: "" }, size: [0, 9] });
});

Deno.test("requireForm() names the place, what it must be, and what it is", () => {
  const cases: [object, typeof TypeError | typeof RangeError, string][] = [
    [{ layers: "2" }, TypeError, 'layers must be a whole number >= 1: current value is "2"'],
    [{ layers: 0 }, RangeError, "layers must be a whole number >= 1: current value is 0"],
    [{ layers: 1.5 }, RangeError, "layers must be a whole number >= 1: current value is 1.5"],
    [{ layers: 2 ** 53 }, RangeError, "current value is 9007199254740992"],
    [{ layers: undefined }, TypeError, "layers must be a whole number >= 1: it is missing"],
    [{ layers: null }, TypeError, "current value is null"],
    [{ sugar: NaN }, RangeError, "sugar must be above 0 and at most 1: current value is NaN"],
    [{ sugar: 0 }, RangeError, "current value is 0"],
    [{ sugar: 1.01 }, RangeError, "current value is 1.01"],
    [{ sugar: Infinity }, RangeError, "current value is Infinity"],
    [{ name: 3 }, TypeError, "name must be text, not empty: current value is 3"],
    [{ name: "" }, RangeError, 'name must be text, not empty: current value is ""'],
    [{ size: [2, 1] }, RangeError, "numbers 0 <= least <= most <= 9: current values are 2 and 1"],
    [{ size: [0, 10] }, RangeError, "current values are 0 and 10"],
    [{ size: [-1, 1] }, RangeError, "current values are -1 and 1"],
    [{ size: [1, NaN] }, RangeError, "current values are 1 and NaN"],
    [{ size: [1] }, TypeError, "current value is [1]"],
    [{ size: [1, "2"] }, TypeError, 'current value is [1,"2"]'],
    [{ iced: 1 }, TypeError, "iced must be true or false: current value is 1"],
    [{ filling: { kind: "ham" } }, RangeError, 'filling.kind must be "jam" or "none": it is "ham"'],
    [{ filling: {} }, TypeError, 'filling.kind must be "jam" or "none": it is missing'],
    [{ filling: { kind: "jam" } }, TypeError, "filling.fruit must be text: it is missing"],
    [{ filling: "jam" }, TypeError, 'filling must be an object of the kind "jam" or "none"'],
    [{ filling: { kind: "toString" } }, RangeError, 'it is "toString"'],
    [{ candles: [] }, RangeError, "candles must be a list of at least 1: current value is []"],
    [{ candles: {} }, TypeError, "candles must be a list of at least 1: current value is {}"],
    [{ candles: [good.candles[0], { colour: "pink" }] }, RangeError, 'candles[1].colour must be "'],
    [{ candles: [null] }, TypeError, 'candles[0] must be an object with the keys "colour"'],
  ];
  for (const [change, kind, message] of cases) {
    assertThrows(() => requireForm("Cannot bake", cake, { ...good, ...change }), kind, message);
    assertThrows(() => requireForm("Cannot bake", cake, { ...good, ...change }), kind, "Cannot b");
  }
  for (const value of [null, undefined, 3, "x", [good]]) {
    assertThrows(() => requireForm("Cannot bake", cake, value), TypeError, "it must be an object");
  }
});

Deno.test("requireForm() has words for values that JSON has none for", () => {
  const itself: Record<string, unknown> = {};
  itself.itself = itself;
  for (const value of [3n, [3n], Symbol("s"), () => {}, itself, { x: "y".repeat(999) }]) {
    const { message } = assertThrows(
      () => requireForm("Cannot bake", cake, { ...good, layers: value }),
      TypeError,
      "layers must be a whole number >= 1: current value is ",
    );
    assertEquals(message.length < 160, true);
  }
});

Deno.test("requireForm() refuses keys that nobody knows, at any depth, and names the nearest", () => {
  const cases: [object, string][] = [
    [{ layer: 3 }, '"layer" is no key of it: did you mean "layers"?'],
    [{ candles: [{ color: "red" }] }, '"color" is no key of candles[0]: did you mean "colour"?'],
    [{ filling: { kind: "none", fruit: "x" } }, '"fruit" is no key of filling: known are "kind"'],
    [{ zest: 1 }, 'known are "layers", "sugar", "name", "size", "iced", "filling" or "candles"'],
    [JSON.parse('{"__proto__": 1}'), '"__proto__" is no key of it'],
    [{ constructor: 1 }, '"constructor" is no key of it'],
  ];
  for (const [more, message] of cases) {
    const value = JSON.parse(JSON.stringify(good));
    for (const [key, entry] of Object.entries(more)) {
      Object.defineProperty(value, key, { value: entry, enumerable: true });
    }
    assertThrows(() => requireForm("Cannot bake", cake, value), TypeError, message);
  }
});

Deno.test("nearest() is a word one slip away, and none where there is nothing alike", () => {
  const known = ["noise", "onset", "framesPerPhone", "lr"];
  assertEquals(nearest("noize", known), "noise");
  assertEquals(nearest("NOISE", known), "noise");
  assertEquals(nearest("framesPerPhoneme", known), "framesPerPhone");
  assertEquals(nearest("l", known), "lr");
  assertEquals(nearest("phonemes", known), undefined);
  assertEquals(nearest("x", []), undefined);
  assertEquals(nearest("a".repeat(1e6), known), undefined);
});
