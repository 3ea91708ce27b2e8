import { assert, assertAlmostEquals, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { ctcVariants } from "lib/criteria/variants/mod.ts";
import {
  claims,
  ctcCosts,
  ctcCostSample,
  figures,
  gainOf,
  gradientOff,
  pricesOfSmallPrograms,
  product,
  type Results,
  shareOf,
} from "lib/studies/data_movement/mod.ts";
import { assertEveryRowCanFail } from "../support/every_row_can_fail.ts";

/** What tracing came to, tensors of a section added up; computing it takes half a minute. */
const found: Results = {
  prices: [
    {
      program: "(a + b) + c",
      expected: 6,
      price: 6,
    },
    {
      program: "a₀b₀ + a₁b₁",
      expected: 11,
      price: 11,
    },
    {
      program: "2 × 2 matrix times vector",
      expected: 26,
      price: 26,
    },
    {
      program: "2 × 2 matrix product",
      expected: 57,
      price: 57,
    },
    {
      program: "3 × 3 matrix product",
      expected: 258,
      price: 258,
    },
    {
      program: "4 × 4 matrix product",
      expected: 720,
      price: 720,
    },
  ],
  steps: [
    {
      sequences: 1,
      reads: 1083205,
      cost: 38035635,
      bySection: {
        forward: {
          all: 13781119,
        },
        CTC: {
          all: 88131,
        },
        backward: {
          all: 19136484,
        },
        update: {
          all: 5029901,
        },
      },
    },
    {
      sequences: 16,
      reads: 24779575,
      cost: 1135349320,
      bySection: {
        forward: {
          all: 441074515,
        },
        CTC: {
          all: 5393815,
        },
        backward: {
          all: 683851089,
        },
        update: {
          all: 5029901,
        },
      },
    },
  ],
  costs: [
    {
      T: 32,
      by: {
        tables: {
          reads: 5542,
          cost: 57584,
          peak: 1312,
        },
        fused: {
          reads: 3466,
          cost: 23819,
          peak: 510,
        },
        checkpointed: {
          reads: 4272,
          cost: 25002,
          peak: 326,
        },
        rescaled: {
          reads: 3545,
          cost: 21849,
          peak: 549,
        },
        lean: {
          reads: 4365,
          cost: 22963,
          peak: 342,
        },
      },
    },
    {
      T: 128,
      by: {
        tables: {
          reads: 71412,
          cost: 1727258,
          peak: 14464,
        },
        fused: {
          reads: 40090,
          cost: 355444,
          peak: 4864,
        },
        checkpointed: {
          reads: 52719,
          cost: 357099,
          peak: 1596,
        },
        rescaled: {
          reads: 41317,
          cost: 343160,
          peak: 5253,
        },
        lean: {
          reads: 54197,
          cost: 344856,
          peak: 1657,
        },
      },
    },
    {
      T: 512,
      by: {
        tables: {
          reads: 1068142,
          cost: 77164581,
          peak: 205312,
        },
        fused: {
          reads: 577890,
          cost: 7135051,
          peak: 65002,
        },
        checkpointed: {
          reads: 790390,
          cost: 6549890,
          peak: 9008,
        },
        rescaled: {
          reads: 597401,
          cost: 7142401,
          peak: 70149,
        },
        lean: {
          reads: 814607,
          cost: 6560757,
          peak: 9459,
        },
      },
    },
  ],
  gradientsOff: {
    tables: 2.3e-13,
    fused: 6.8e-13,
    checkpointed: 6.8e-13,
    rescaled: 1.1e-12,
    lean: 1.1e-12,
  },
  stepsBy: {
    tables: {
      sequences: 1,
      reads: 1083205,
      cost: 38035635,
      bySection: {
        forward: {
          all: 13781119,
        },
        CTC: {
          all: 88131,
        },
        backward: {
          all: 19136484,
        },
        update: {
          all: 5029901,
        },
      },
    },
    fused: {
      sequences: 1,
      reads: 1080794,
      cost: 37991577,
      bySection: {
        forward: {
          all: 13781119,
        },
        CTC: {
          all: 44073,
        },
        backward: {
          all: 19136484,
        },
        update: {
          all: 5029901,
        },
      },
    },
    checkpointed: {
      sequences: 1,
      reads: 1081745,
      cost: 37993040,
      bySection: {
        forward: {
          all: 13781119,
        },
        CTC: {
          all: 45536,
        },
        backward: {
          all: 19136484,
        },
        update: {
          all: 5029901,
        },
      },
    },
    rescaled: {
      sequences: 1,
      reads: 1080878,
      cost: 37983487,
      bySection: {
        forward: {
          all: 13781119,
        },
        CTC: {
          all: 35983,
        },
        backward: {
          all: 19136484,
        },
        update: {
          all: 5029901,
        },
      },
    },
    lean: {
      sequences: 1,
      reads: 1081843,
      cost: 37984855,
      bySection: {
        forward: {
          all: 13781119,
        },
        CTC: {
          all: 37351,
        },
        backward: {
          all: 19136484,
        },
        update: {
          all: 5029901,
        },
      },
    },
  },
};

Deno.test("data movement: the results give the stated verdicts, and every row can fail", () => {
  assertEveryRowCanFail(claims, found);
});

Deno.test("a sample has a label for every eight frames, and is the same each time", () => {
  const { logits, target } = ctcCostSample(32);
  assertEquals([logits.rows, logits.cols, target.length], [32, 7, 4]);
  assert(target.every((label) => label >= 1 && label < 7));
  assertEquals(ctcCostSample(32), { logits, target });
  assertThrows(() => ctcCostSample(4), RangeError, "current value is 4");
});

Deno.test("ctcCosts() prices every variant at every length, as the stored results have it", () => {
  const [small, ...others] = ctcCosts([8, 16]);
  assertEquals([small, ...others].map(({ T }) => T), [8, 16]);
  for (const { by } of [small, ...others]) {
    assertEquals(Object.keys(by), Object.keys(ctcVariants));
    for (const { cost, reads, peak } of Object.values(by)) assert(cost >= reads && peak > 0);
  }
  assertEquals(ctcCosts([32]), [found.costs[0]]);
});

Deno.test("gainOf() is the cost of the tables over that of a variant", () => {
  const by = { ...found.costs[0].by, tables: { reads: 1, cost: 6, peak: 1 } };
  const of = { T: 8, by: { ...by, fused: { reads: 1, cost: 2, peak: 1 } } };
  assertEquals(gainOf(of, "fused"), 3);
});

Deno.test("every variant has the library's gradient", () => {
  for (const variant of Object.keys(ctcVariants) as (keyof typeof ctcVariants)[]) {
    assert(gradientOff(variant, 32) < 1e-9);
  }
});

Deno.test("small programs cost what the description of the measure says", () => {
  for (const { program, expected, price } of pricesOfSmallPrograms()) {
    assertEquals(price, expected, program);
  }
  assertEquals(product(1, 1, 1), 3); // 1 + 2: one product of two values, the nearer one read last
});

Deno.test("shareOf() adds sections up, over the cost of the step", () => {
  const [one] = found.steps;
  assertAlmostEquals(shareOf(one, "forward", "CTC", "backward", "update"), 1, 1e-12);
  const step = { ...one, cost: 10, bySection: { ...one.bySection, CTC: { a: 1, b: 2 } } };
  assertAlmostEquals(shareOf(step, "CTC"), 0.3, 1e-12);
});

Deno.test("the cost of CTC by length has a bar and a number for every variant and length", () => {
  const text = figures["ctc-cost-by-length"](found).textContent!;
  for (const T of [32, 128, 512]) {
    for (const variant of ["fused", "checkpointed", "rescaled", "lean"]) {
      assertMatch(text, new RegExp(`T = ${T}, ${variant}\\d+\\.\\d\\d×`));
    }
  }
});
