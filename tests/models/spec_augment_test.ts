import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { specAugment } from "lib/models/mod.ts";
import { matrix, RandomState, sequenceAt, sequences } from "lib/numeric/mod.ts";
import { randomSequences } from "../support/matrices.ts";

const ones = (T: number, D: number) => matrix(T, D, Array(T * D).fill(1));

/** How many columns or rows of a mask are 0 throughout. */
function hidden(
  { data, rows, cols }: ReturnType<typeof matrix>,
): { frames: number; bands: number } {
  const range = (n: number) => Array.from({ length: n }, (_, i) => i);
  return {
    frames: range(rows).filter((t) => range(cols).every((d) => data[t * cols + d] === 0)).length,
    bands: range(cols).filter((d) => range(rows).every((t) => data[t * cols + d] === 0)).length,
  };
}

Deno.test("specAugment() hides whole frames and bands, no more than it may, and leaves all else", () => {
  const options = fc.record({
    timeMasks: fc.nat(3),
    timeWidth: fc.nat(6),
    timeShare: fc.double({ min: 0, max: 1, noNaN: true }),
    bandMasks: fc.nat(2),
    bandWidth: fc.nat(9),
  });
  const lengths = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(options, lengths, fc.nat(1000), (options, lengths, seed) => {
      const [D, layer] = [7, specAugment(7, options)];
      const x = sequences(lengths.map((T) => ones(T, D)));
      const { y } = layer.forward({}, x, { training: true, rng: new RandomState(seed) });
      const { timeMasks, timeWidth, timeShare, bandMasks, bandWidth } = options;
      lengths.forEach((T, b) => {
        const part = sequenceAt(y, b), { frames, bands } = hidden(part);
        if (bands < D) assert(frames <= timeMasks * Math.min(timeWidth, Math.floor(timeShare * T)));
        if (frames < T) assert(bands <= bandMasks * bandWidth);
        // What is left is a rectangle, untouched.
        const left = part.data.filter((value) => value === 1).length;
        assertEquals(left, frames === T || bands === D ? 0 : (T - frames) * (D - bands));
        assertEquals(part.data.every((value) => value === 0 || value === 1), true);
      });
    }),
    { numRuns: 100 },
  );
});

Deno.test("specAugment() draws every width and place, and hides another part of every sequence", () => {
  const layer = specAugment(5, { timeMasks: 0, bandMasks: 1, bandWidth: 2 });
  const rng = new RandomState(1), seen = new Set<string>();
  for (let n = 0; n < 200; n++) {
    seen.add(
      layer.forward({}, sequences([ones(1, 5)]), { training: true, rng }).y.frames.data.join(""),
    );
  }
  // None, five single bands, four pairs.
  assertEquals(seen.size, 10);
  const many = sequences(Array.from({ length: 30 }, () => ones(1, 5)));
  const { y } = layer.forward({}, many, { training: true, rng });
  const rows = Array.from({ length: 30 }, (_, b) => sequenceAt(y, b).data.join(""));
  assert(new Set(rows).size > 5);
});

Deno.test("specAugment() hides by default two stretches of 10 frames or a fifth, and two of two bands", () => {
  const x = sequences([ones(100, 8), ones(30, 8)]);
  const masks = (options?: Parameters<typeof specAugment>[1]) =>
    Array.from({ length: 20 }, (_, seed) => {
      const ctx = { training: true, rng: new RandomState(seed) };
      return specAugment(8, options).forward({}, x, ctx).y.frames.data;
    });
  const stated = { timeMasks: 2, timeWidth: 10, timeShare: 0.2, bandMasks: 2, bandWidth: 2 };
  assertEquals(masks(), masks(stated));
});

Deno.test("specAugment() is the identity outside training, and draws nothing there", () => {
  const x = randomSequences(new RandomState(2), [3, 2], 4), rng = new RandomState(7);
  const layer = specAugment(4), { y, cache } = layer.forward({}, x, { rng });
  assertEquals(y, x);
  assertEquals(layer.backward({}, cache, x).dx(), x);
  assertEquals(rng.random(), new RandomState(7).random());
});

Deno.test("specAugment() passes the gradient where it passed the input", () => {
  const x = sequences([ones(9, 6), ones(4, 6)]), layer = specAugment(6);
  const { y, cache } = layer.forward({}, x, { training: true, rng: new RandomState(4) });
  assertEquals(layer.backward({}, cache, x).dx().frames, y.frames);
  assert(y.frames.data.includes(0));
});

Deno.test("specAugment() names what is out of range or missing", () => {
  assertThrows(() => specAugment(0), RangeError, "D must be a whole number >= 1");
  for (const name of ["timeMasks", "timeWidth", "bandMasks", "bandWidth"]) {
    const message = `${name} must be a whole number >= 0: current value is -1`;
    assertThrows(() => specAugment(3, { [name]: -1 }), RangeError, message);
  }
  assertThrows(
    () => specAugment(3, { timeShare: 1.1 }),
    RangeError,
    "timeShare must be from 0 to 1",
  );
  assertThrows(
    () => specAugment(3).forward({}, sequences([ones(1, 3)]), { training: true }),
    TypeError,
    "Cannot train specAugment(3) as its context must have an rng: it is missing",
  );
});
