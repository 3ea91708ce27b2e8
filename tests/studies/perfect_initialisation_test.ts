import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { Training } from "lib/experiments/mod.ts";
import {
  biasGradient,
  type Case,
  cases,
  claims,
  type Course,
  courseOf,
  experiment,
  figures,
  type Method,
  methods,
  type Results,
  spread,
  starts,
} from "lib/studies/perfect_initialisation/mod.ts";
import { assertEveryRowCanFail } from "../support/every_row_can_fail.ts";

const names = Object.keys(methods) as Method[];

/** Takes seconds. */
const gradient = biasGradient(1);

/** Trainings as they end, but for the seeds: lost at c = 1 with CTC's topology, else kept. */
const courses = Object.fromEntries(
  (Object.keys(cases) as Case[]).map((name) => {
    const per = name === "CTC, c = 1" ? 82 : 0;
    const course = (seed: number): Course => [
      { iter: 1, per: 0, tse: 0, spread: 0.02 },
      { iter: 200, per: per + (per && seed), tse: per / 20, spread: 2 + seed / 10 },
    ];
    return [name, Object.fromEntries(names.map((method) => [method, [course(0), course(1)]]))];
  }),
) as unknown as Results["courses"];

Deno.test("perfect initialisation: every training can be built, and starts at W = c · 1, b = 0", () => {
  for (const { scale, topology } of Object.values(cases)) {
    for (const method of names) {
      const { params } = new Training(experiment({ scale, topology }, method, 3));
      const { W, b } = params;
      const identity = Array.from({ length: W.rows }, (_, i) => W.data[i * W.cols + i]);
      assertEquals(new Set(identity), new Set([scale]));
      assertEquals(W.data.filter((w) => w !== 0).length, W.rows);
      assertEquals(spread(b.data), 0);
    }
  }
});

Deno.test("starts() finds chance at c = 0 and no error from c = 1 on", () => {
  const [chance, identity] = starts([0, 1]);
  assertAlmostEquals(chance.frameCe, Math.log(11), 1e-12);
  assertAlmostEquals(chance.blank, 100 / 11, 1e-9);
  assertEquals([identity.per, identity.tse], [0, 0]);
  assert(identity.frameCe < chance.frameCe);
});

Deno.test("biasGradient() is given minus wanted, over the sequences, and both are all frames", () => {
  const { labels, gradients, given, wanted } = gradient;
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  assertEquals(labels.length, 11);
  given.forEach((frames, k) => {
    assertAlmostEquals(gradients.plain[k], (frames - wanted[k]) / 20, 1e-9);
  });
  assertAlmostEquals(sum(given), sum(wanted), 1e-9);
  assertEquals(gradients.plain.map(Math.sign), gradients["without clamps"].map(Math.sign));
});

Deno.test("courseOf() follows a training: at c = 2 no letter is lost, and b leaves 0", async () => {
  const course = await courseOf("CTC, c = 2", "plain", 0);
  assertEquals([course[0].iter, course.at(-1)!.iter], [1, 200]);
  assertEquals(course.map(({ per }) => per), course.map(() => 0));
  assert(course[0].spread < 0.1 && course.at(-1)!.spread > 1);
});

Deno.test("perfect initialisation: the stated verdicts, and every row can fail", () => {
  const found = { starts: starts([0, 1, 2, 5, 10]), gradient, courses };
  assertEveryRowCanFail(claims, found);
});

Deno.test("the figure of perfect initialisation says what was found", () => {
  const figure = figures["perfect-initialisation"]({ courses });
  assert(figure.getAttribute("aria-label")?.startsWith("The bias leaves with every method"));
});
