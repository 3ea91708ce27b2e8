import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { RandomState } from "lib/numeric/mod.ts";
import { assertClose } from "../support/matrices.ts";

// From NumPy 2.4.6, R = numpy.random.RandomState(seed), a new one for every entry:
//   random       R.random_sample(4)
//   randomMany   x = R.random_sample(5000): sum, x[623], x[624], x[4999] (over several twists)
//   randint8     R.randint(0, 8), ten times: a power of two, nothing is rejected
//   randint      R.randint(-3, 7), ten times: 10 of 16 masked values are kept
//   randint1e9   R.randint(0, 10**9 + 1), four times
//   randint32    R.randint(0, 2**32), three times: the generator's own words
//   randn        R.randn(5): an odd number, so that a spare is left
//   randnMany    x = R.randn(2000): sum, sum of squares, x[1999]
//   permutation  R.permutation(10)
//   mixed        randn(), randint(0, 6), randn(), uniform(-2, 3), randn(), *permutation(5), randn(),
//                random_sample(), randint(4, 5), randn(): the spare Gaussian waits across other draws
const numpy = {
  0: {
    "random": [0.5488135039273248, 0.7151893663724195, 0.6027633760716439, 0.5448831829968969],
    "randint8": [4, 7, 5, 0, 3, 3, 3, 7, 1, 3],
    "randint": [2, -3, 0, 0, 4, 6, 0, 2, -1, 1],
    "randint1e9": [209652396, 398764591, 924231285, 404868288],
    "randint32": [2357136044, 2546248239, 3071714933],
    "randn": [
      1.764052345967664,
      0.4001572083672233,
      0.9787379841057392,
      2.240893199201458,
      1.8675579901499675,
    ],
    "randnMany": [-31.639767174031814, 1913.801801231361, -1.3109703704412123],
    "permutation": [2, 8, 4, 9, 1, 6, 7, 3, 0, 5],
    "randomMany": [2484.85446485554, 0.8130538632474607, 0.97622566345382, 0.9585931029863481],
    "mixed": [
      1.764052345967664,
      3,
      0.4001572083672233,
      2.289728088113784,
      0.37025538490846127,
      1,
      3,
      4,
      0,
      2,
      1.040530750923964,
      0.9636627605010293,
      4,
      1.2661185298577784,
    ],
  },
  1: {
    "random": [0.417022004702574, 0.7203244934421581, 0.00011437481734488664, 0.30233257263183977],
    "randint8": [5, 3, 4, 0, 7, 1, 3, 5, 7, 0],
    "randint": [2, 5, 6, 2, -3, -3, -2, 4, 3, 6],
    "randint1e9": [717354021, 946286476, 784077896, 491263],
    "randint32": [1791095845, 4282876139, 3093770124],
    "randn": [
      1.6243453636632417,
      -0.6117564136500754,
      -0.5281717522634557,
      -1.0729686221561705,
      0.8654076293246785,
    ],
    "randnMany": [66.13791955417989, 2025.5993024822421, 1.386825593941044],
    "permutation": [2, 9, 6, 4, 0, 3, 1, 7, 8, 5],
    "randomMany": [2501.518493541922, 0.6438956443116628, 0.7543059505762987, 0.2503166518227775],
    "mixed": [
      1.6243453636632417,
      1,
      -0.6117564136500754,
      -0.48833713684080116,
      -0.5281717522634557,
      4,
      3,
      0,
      2,
      1,
      -1.0729686221561705,
      0.3132735169322751,
      4,
      -2.6542619796017553,
    ],
  },
  12345: {
    "random": [0.9296160928171479, 0.3163755545817859, 0.18391881167709445, 0.2045602785530397],
    "randint8": [2, 5, 5, 1, 4, 1, 6, 6, 5, 2],
    "randint": [-1, 2, -2, 1, 6, 2, -1, -2, 3, -2],
    "randint1e9": [771445218, 601959909, 285080861, 561383553],
    "randint32": [3992670690, 3823185381, 1358822685],
    "randn": [
      -0.20470765948471295,
      0.47894333805754824,
      -0.5194387150567381,
      -0.55573030434749,
      1.9657805725027142,
    ],
    "randnMany": [13.479934406746462, 2003.192052389466, 1.9184030171964936],
    "permutation": [0, 7, 3, 9, 6, 4, 1, 8, 5, 2],
    "randomMany": [2503.8068712457143, 0.7987383509494473, 0.5446363670481352, 0.6972174742914411],
    "mixed": [
      -0.20470765948471295,
      4,
      0.47894333805754824,
      -1.801202520558228,
      0.12699463686170326,
      0,
      3,
      4,
      2,
      1,
      1.2923418081863027,
      0.9237381573685007,
      4,
      -1.0430688774360848,
    ],
  },
  4294967295: {
    "random": [0.0976320289940138, 0.9123828453026218, 0.78903530185164, 0.7800035981134678],
    "randint8": [3, 2, 4, 7, 4, 0, 6, 2, 1, 0],
    "randint": [0, -1, 4, 1, -3, 3, 6, -3, -1, 3],
    "randint1e9": [419326371, 479346978, 697429004, 269265991],
    "randint32": [419326371, 479346978, 3918654476],
    "randn": [
      0.6484086742306527,
      0.6693235306338161,
      -1.0805437227474493,
      0.2845010447986309,
      0.11388773652167104,
    ],
    "randnMany": [15.012954878311195, 2062.9489146531323, 1.445097548120407],
    "permutation": [6, 9, 5, 1, 8, 0, 7, 4, 2, 3],
    "randomMany": [2506.397012187938, 0.16177415711968401, 0.558929113358157, 0.13836320683579428],
    "mixed": [
      0.6484086742306527,
      1,
      0.6693235306338161,
      -0.5821916919385672,
      1.9373477639532295,
      4,
      0,
      1,
      3,
      2,
      0.04346513875266029,
      0.6530454381149675,
      4,
      0.5304861201981678,
    ],
  },
};

const times = <T>(n: number, draw: () => T): T[] => Array.from({ length: n }, draw);
const sum = (x: readonly number[]) => x.reduce((a, b) => a + b, 0);

for (const [seed, expected] of Object.entries(numpy)) {
  const stream = () => new RandomState(Number(seed));

  Deno.test(`RandomState(${seed}).random() gives NumPy's bits`, () => {
    const rng = stream();
    assertEquals(times(4, () => rng.random()), expected.random);
    const many = stream();
    const x = times(5000, () => many.random());
    const [total, ...places] = expected.randomMany;
    assertAlmostEquals(sum(x), total, 1e-9);
    assertEquals([x[623], x[624], x[4999]], places);
  });

  Deno.test(`RandomState(${seed}).randint() gives NumPy's numbers, rejecting as NumPy does`, () => {
    const draws = (n: number, lo: number, hi: number) => {
      const rng = stream();
      return times(n, () => rng.randint(lo, hi));
    };
    assertEquals(draws(10, 0, 8), expected.randint8);
    assertEquals(draws(10, -3, 7), expected.randint);
    assertEquals(draws(4, 0, 1e9 + 1), expected.randint1e9);
    assertEquals(draws(3, 0, 2 ** 32), expected.randint32);
  });

  Deno.test(`RandomState(${seed}).randn() gives NumPy's Gaussians`, () => {
    const rng = stream();
    assertClose(times(5, () => rng.randn()), expected.randn, 1e-15);
    const many = stream();
    const x = times(2000, () => many.randn());
    assertClose([sum(x), sum(x.map((v) => v * v)), x[1999]], expected.randnMany, 1e-10);
  });

  Deno.test(`RandomState(${seed}).permutation() gives NumPy's order`, () => {
    assertEquals([...stream().permutation(10)], expected.permutation);
  });

  Deno.test(`RandomState(${seed}) keeps NumPy's order of draws when kinds are mixed`, () => {
    const rng = stream();
    const x = [rng.randn(), rng.randint(0, 6), rng.randn(), rng.uniform(-2, 3), rng.randn()];
    x.push(...rng.permutation(5), rng.randn(), rng.random(), rng.randint(4, 5), rng.randn());
    assertClose(x, expected.mixed, 2e-15);
  });
}

Deno.test("RandomState refuses a seed that is no whole number from 0 to 2^32 - 1", () => {
  for (const seed of [-1, 2 ** 32, 0.5, NaN, Infinity]) {
    assertThrows(
      () => new RandomState(seed),
      RangeError,
      `seed must be a whole number from 0 to 4294967295: current value is ${seed}`,
    );
  }
});

Deno.test("randint() refuses bounds that hold no whole number, and names them", () => {
  const rng = new RandomState(0);
  for (const [lo, hi] of [[3, 3], [4, 3], [0.5, 3], [0, NaN], [0, 2 ** 32 + 1], [0, Infinity]]) {
    assertThrows(() => rng.randint(lo, hi), RangeError, `current values are ${lo} and ${hi}`);
  }
});

Deno.test("randint() of one possible value draws nothing from the stream", () => {
  const a = new RandomState(5), b = new RandomState(5);
  assertEquals(a.randint(7, 8), 7);
  assertEquals(a.random(), b.random());
});

Deno.test("randint() stays in [lo, hi) and reaches both ends", () => {
  fc.assert(
    fc.property(
      fc.nat(2 ** 32 - 1),
      fc.integer({ min: -1000, max: 1000 }),
      fc.integer({ min: 1, max: 9 }),
      (seed, lo, size) => {
        const rng = new RandomState(seed);
        const seen = new Set(times(400, () => rng.randint(lo, lo + size)));
        assertEquals([...seen].sort((a, b) => a - b), times(size, () => 0).map((_, i) => lo + i));
      },
    ),
    { seed: 1, numRuns: 50 },
  );
});

Deno.test("permutation() holds every number once, whatever the seed and size", () => {
  fc.assert(fc.property(fc.nat(2 ** 32 - 1), fc.nat(50), (seed, n) => {
    const order = new RandomState(seed).permutation(n);
    assertEquals([...order].sort((a, b) => a - b), times(n, () => 0).map((_, i) => i));
  }));
});

Deno.test("permutation() refuses a size that is no whole number >= 0", () => {
  for (const n of [-1, 2.5, NaN]) {
    assertThrows(() => new RandomState(0).permutation(n), RangeError, `current value is ${n}`);
  }
});

// From NumPy 2.4.6: R = numpy.random.RandomState(seed); R.randn(3); R.random_sample(1000);
// _, key, pos, has_gauss, cached = R.get_state(); then key[0], key[623], the sum of key, pos, cached;
// then R.randn(), R.random_sample(), and pos and has_gauss again, the latter 0.
const states = {
  0: [3440222609, 217431822, 1308770881772, 136, 2.240893199201458],
  12345: [722595101, 3258700106, 1324950711531, 136, -0.55573030434749],
} as const;
const after = {
  0: [2.240893199201458, 0.0439754320240906, 138],
  12345: [-0.55573030434749, 0.877499892785809, 138],
} as const;

Deno.test("getState() is NumPy's state: its words, its place in them and the Gaussian that waits", () => {
  for (const seed of [0, 12345] as const) {
    const rng = new RandomState(seed);
    for (let n = 0; n < 3; n++) rng.randn();
    for (let n = 0; n < 1000; n++) rng.random();
    const { key, pos, gauss } = rng.getState();
    const [first, last, sum, place, waits] = states[seed];
    const words = key.reduce((total, word) => total + word, 0);
    assertEquals([key[0], key[623], words, pos], [first, last, sum, place]);
    assertAlmostEquals(gauss!, waits, 1e-15);
    const other = new RandomState(7);
    other.setState({ key, pos, gauss });
    assertAlmostEquals(other.randn(), after[seed][0], 1e-15);
    assertEquals([other.random(), other.getState().pos], after[seed].slice(1));
    assertEquals("gauss" in other.getState(), false);
  }
});

Deno.test("a stream set to the state of another draws what that one draws, whatever either drew before", () => {
  const draws = fc.array(fc.constantFrom("random", "randn", "randint"), { maxLength: 700 });
  const draw = (rng: RandomState, kind: string) =>
    kind === "randint" ? rng.randint(0, 100) : rng[kind as "random" | "randn"]();
  fc.assert(
    fc.property(fc.nat(), draws, draws, draws, (seed, one, two, next) => {
      const rng = new RandomState(seed), other = new RandomState(1);
      one.forEach((kind) => draw(rng, kind));
      two.forEach((kind) => draw(other, kind));
      const state = rng.getState();
      other.setState(state);
      assertEquals(other.getState(), state);
      assertEquals(next.map((kind) => draw(other, kind)), next.map((kind) => draw(rng, kind)));
      assertEquals(other.getState(), rng.getState());
    }),
    { numRuns: 50 },
  );
});

Deno.test("setState() takes a state at both ends of its key", () => {
  const rng = new RandomState(0), { key } = rng.getState();
  for (const pos of [0, 624]) {
    rng.setState({ key, pos });
    assertEquals(rng.getState(), { key, pos });
  }
});

Deno.test("setState() refuses what is no state, and names what is wrong with it", () => {
  const rng = new RandomState(0), state = rng.getState();
  for (
    const [change, part] of [
      [{ key: new Uint32Array(623) }, "key must have 624 words: it has 623"],
      [{ pos: 625 }, "pos must be a whole number from 0 to 624: current value is 625"],
      [{ pos: -1 }, "current value is -1"],
      [{ pos: 0.5 }, "current value is 0.5"],
      [{ gauss: NaN }, "gauss must be a finite number: current value is NaN"],
    ] as const
  ) {
    assertThrows(() => rng.setState({ ...state, ...change }), RangeError, part);
    assertEquals(rng.getState(), state);
  }
});
