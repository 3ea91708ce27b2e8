import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { type EvaluationRow, parseRun, type Run, runText, train } from "lib/experiments/mod.ts";
import { smallExperiment } from "../support/experiments.ts";
import { mutilation } from "../support/mutilations.ts";
import { wholeRun } from "../support/stored_runs.ts";

const experiment = smallExperiment();
const run = wholeRun(experiment);
const everything = smallExperiment({
  iters: 2,
  evaluations: [{
    every: 2,
    sequences: 3,
    stream: 5,
    alignment: {},
    frames: { places: 4 },
    blanks: true,
  }],
});

/** The run's JSON, changed. */
function changed(change: (value: { experiment: Run["experiment"]; rows: unknown[] }) => unknown) {
  const value = JSON.parse(runText(run));
  return JSON.stringify(change(value) ?? value);
}
const withRow = (n: number, change: object) =>
  changed(({ rows }) => void (rows[n] = { ...rows[n] as object, ...change }));

Deno.test("parseRun() gives back the run of a training, with everything that can be measured", async () => {
  const rows = await Array.fromAsync(train(everything));
  const trained = { experiment: everything, rows };
  assertEquals(parseRun(runText(trained), everything), trained);
});

Deno.test("parseRun() gives back a loss of Infinity, and NaN where there was nothing to measure", () => {
  const blanks = {
    blankRate: 1,
    blankPosterior: 0.9,
    spikesPerLabel: 0,
    entropy: 0.1,
    silence: 0,
    blankInSilence: NaN,
    blankInPhones: 1,
  };
  const frames = { accuracy: 0.5, byPosition: { start: [1, NaN], end: [NaN, 0] } };
  const asked = {
    ...experiment,
    evaluations: [{ every: 5, sequences: 7, stream: 1, blanks: true, frames: {} }],
  };
  const odd = wholeRun(asked, { nll: Infinity, blanks, frames });
  assertEquals(parseRun(runText(odd), asked), odd);
});

Deno.test("parseRun() gives the run of another spelling to the experiment that was asked for", () => {
  const respelled = smallExperiment({
    name: "other",
    corpus: { kind: "phonemes", noise: 0.18 },
    criterion: { kind: "full-sum" },
  });
  assertEquals(parseRun(runText(run), respelled), { ...run, experiment: respelled });
  const noisier = { ...respelled, corpus: { kind: "phonemes", noise: 0.19 } } as const;
  assertThrows(() => parseRun(runText(run), noisier), SyntaxError, "corpus.noise is missing, not");
});

Deno.test("parseRun() gives back what made a run", () => {
  const plain: Run = { ...run, madeBy: { kernels: "plain", versions: { deno: "2.9.6" } } };
  assertEquals(parseRun(runText(plain), experiment), plain);
});

Deno.test("parseRun() gives back the version of a run; one without was written before there was any", () => {
  const versioned: Run = { ...run, version: { format: 1, library: "0.1.0" } };
  assertEquals(parseRun(runText(versioned), experiment), versioned);
  assertEquals(parseRun(runText(run), experiment).version, undefined);
});

Deno.test("parseRun() refuses a format newer than it knows, whatever else is in the file", () => {
  assertThrows(
    () => parseRun({ version: { format: 2, library: "0.9.0", by: 1 }, steps: [] }, experiment),
    SyntaxError,
    "it is of format 2, written by version 0.9.0 of the library: " +
      "version 0.1.0 reads formats up to 1",
  );
});

Deno.test("parseRun() takes a run that stopped as it may, and no other that ends early", () => {
  const stopping = smallExperiment({ iters: 40, stopAtPer: 0.05 });
  const rows = wholeRun(stopping).rows.map((row, n) => n < 2 ? row : { ...row, per: 0.05 });
  const stopped = { experiment: stopping, rows: rows.slice(0, 4) };
  assertEquals(parseRun(runText(stopped), stopping), stopped);
  for (
    const [length, message] of [[3, "row 3, of step 15"], [5, "it must end with row 3"]] as const
  ) {
    const text = runText({ experiment: stopping, rows: rows.slice(0, length) });
    assertThrows(() => parseRun(text, stopping), SyntaxError, message);
  }
});

for (
  const [what, text, message] of [
    ["null", "null", "it must be a record of experiment and rows: it is null"],
    ["a list", "[]", "it must be a record of experiment and rows: it is []"],
    ["nothing", "{}", "it is of another experiment: experiment is missing, not {"],
    ["no JSON", "{", "it is not JSON"],
    ["an empty file", "", "it is not JSON"],
    [
      "no rows",
      changed(({ experiment }) => ({ experiment })),
      "rows must be a list: it is missing",
    ],
    [
      "an empty list of rows",
      changed((r) => void (r.rows = [])),
      "row 0, of step 1 on the grid of 5, is missing",
    ],
    [
      "a row too few",
      changed((r) => void r.rows.pop()),
      "row 3, of step 12 on the grid of 5, is missing",
    ],
    ["a row left out", changed((r) => void r.rows.splice(1, 1)), "row 1 must be of step 5"],
    [
      "a row too many",
      changed((r) => void r.rows.push(r.rows[3])),
      "it must end with row 3: there are 5",
    ],
    [
      "another seed",
      changed((r) => void (r.experiment = { ...experiment, seed: 4 })),
      "seed is 4, not 3",
    ],
    [
      "another learning rate",
      runText(run).replace('"lr":0.003', '"lr":0.004'),
      "it is of another experiment: optimizer.lr is 0.004, not 0.003",
    ],
    ["a value too many", changed((r) => ({ ...r, note: 1 })), 'nobody knows "note"'],
    ["a row that is none", changed((r) => void (r.rows[2] = null)), "row 2: it must be a record"],
    [
      "a lost loss",
      withRow(1, { nll: null }),
      'row 1: "nll" must be a finite number or Infinity: it is null',
    ],
    [
      "a loss of NaN",
      withRow(1, { nll: "NaN" }),
      '"nll" must be a finite number or Infinity: it is NaN',
    ],
    [
      "a rate as text",
      withRow(0, { per: "0.5" }),
      '"per" must be a finite number >= 0: it is "0.5"',
    ],
    ["a rate below 0", withRow(0, { per: -1 }), '"per" must be a finite number >= 0: it is -1'],
    ["an endless rate", runText(run).replace('"per":1', '"per":1e999'), "it is Infinity"],
    ["a loss of -Infinity", runText(run).replace('"nll":80', '"nll":-1e999'), "it is -Infinity"],
    [
      "a share above 1",
      withRow(0, { seqAcc: 1.5 }),
      '"seqAcc" must be a number from 0 to 1: it is 1.5',
    ],
    ["half a target", withRow(0, { infeasible: 0.5 }), '"infeasible" must be a whole number >= 0'],
    [
      "no count",
      changed((r) => void (r.rows[0] = { every: 5, iter: 1 })),
      'row 0: "nll" is missing',
    ],
    ["a measure that nobody knows", withRow(0, { wer: 1 }), 'row 0: nobody knows "wer"'],
    [
      "a measure that nobody asked for",
      withRow(0, { frames: { accuracy: 1 } }),
      'row 0 must have "frames" if',
    ],
    [
      "a measure without its parts",
      withRow(0, { blanks: {} }),
      '"blanks" must be a record of blankRate',
    ],
    ...[null, 1, {}, { format: 0, library: "" }, { format: 1.5, library: "" }, { format: 1 }].map((
      version,
    ): [string, string, string] => [
      `the version ${JSON.stringify(version)}`,
      changed((r) => ({ ...r, version })),
      "version must be a format >= 1 and a library",
    ]),
    [
      "a version of more",
      changed((r) => ({ ...r, version: { format: 1, library: "0.1.0", by: "x" } })),
      'nobody knows "by" of version',
    ],
    [
      "unknown kernels",
      changed((r) => ({ ...r, madeBy: { kernels: "gpu", versions: {} } })),
      "madeBy must be",
    ],
    [
      "more than kernels and versions",
      changed((r) => ({ ...r, madeBy: { kernels: "plain", versions: {}, by: "hand" } })),
      "madeBy must be",
    ],
  ] as const
) {
  Deno.test(`parseRun() refuses ${what}`, () => {
    assertThrows(() => parseRun(text, experiment), SyntaxError, message);
  });
}

Deno.test("runText() refuses a row that could not be read back, and says which", () => {
  for (
    const [change, message] of [[{ nll: NaN }, '"nll" must'], [{ per: NaN }, '"per" must']] as const
  ) {
    const rows: EvaluationRow[] = [...run.rows.slice(0, 2), { ...run.rows[2], ...change }];
    assertThrows(() => runText({ experiment, rows }), RangeError, `row 2: ${message}`);
  }
});

Deno.test("a run that is damaged in any way is refused in one line, or read as it stands", () => {
  const bytes = new TextEncoder().encode(runText(run));
  fc.assert(
    fc.property(mutilation, (mutilate) => {
      const text = new TextDecoder().decode(mutilate(bytes));
      let read: Run;
      try {
        read = parseRun(text, experiment);
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        assertEquals(error.message.includes("\n"), false);
        return;
      }
      assertEquals(read.experiment, experiment);
      assertEquals(read.rows.map(({ iter }) => iter), [1, 5, 10, 12]);
      assertEquals(read.rows, JSON.parse(text).rows);
    }),
    { numRuns: 1000 },
  );
});
