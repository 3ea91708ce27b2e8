import { assert, assertEquals } from "@std/assert";
import { type Run, runName, Training } from "lib/experiments/mod.ts";
import {
  claims,
  corpus,
  decoders,
  experiment,
  figures,
  lengths,
  type Results,
  sequencesOf,
  sweep,
} from "lib/studies/fixed_vector/mod.ts";
import runs from "../../results/beyond-ctc.json" with { type: "json" };
import { assertEveryRowCanFail } from "../support/every_row_can_fail.ts";

Deno.test("fixed vector: every reader at five seeds, each buildable, under a name of its own", () => {
  assertEquals(sweep.seeds, 5);
  const all = sweep.entries([0, 1]).map(({ experiment }) => experiment);
  for (const experiment of all) new Training(experiment);
  assertEquals(new Set(all.map(runName)).size, 2 * 5);
  const stored = new Set((runs.runs as unknown as Run[]).map((run) => runName(run.experiment)));
  assertEquals(all.every((experiment) => stored.has(runName(experiment))), true);
});

Deno.test("fixed vector: all readers hear through the same encoder, and decoders differ in attention alone", () => {
  const { criterion: _, name: __, ...rest } = experiment("ctc", 3);
  for (const reader of ["transducer", ...decoders] as const) {
    const { criterion, name: _, ...other } = experiment(reader, 3);
    assertEquals(other, rest);
    if (criterion.kind === "attention") {
      const { attention: _, ...sizes } = criterion;
      assertEquals(sizes, { kind: "attention", hidden: 32, embedding: 12 });
    }
  }
});

Deno.test("sequencesOf() has as many phones as it is asked for, and the corpus otherwise", () => {
  const asked = { experiment: experiment("ctc", 1) };
  for (const n of [1, 8, 20]) {
    const { targets, x } = sequencesOf(asked, n, 5);
    assert(targets.every((target) => target.length === n));
    assertEquals(x.frames.cols, new Training(asked.experiment).data.features);
  }
  assertEquals(corpus.phonesPerSequence, [1, 8]);
});

const solved = lengths.map(() => [0, 0.01]);
const held: Results = {
  "fixed vector": lengths.map((n) => [0.005 * n * n, 0.006 * n * n]),
  additive: solved,
  location: solved,
};

Deno.test("fixed vector: every row can fail, and the verdicts are those stated where all holds", () => {
  assertEveryRowCanFail(claims, held);
});

Deno.test("fixed vector: the figure is drawn of any results", () => {
  for (const draw of Object.values(figures)) assertEquals(draw(held).tagName, "svg");
});
