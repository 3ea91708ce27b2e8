import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { runName, Training } from "lib/experiments/mod.ts";
import { judge } from "lib/claims/mod.ts";
import {
  columnsOf,
  compareTable,
  comparisonTable,
  figuresClaim,
  formatSpread,
  gatherTable,
  isApart,
  type RowName,
  rowsOf,
  SEEDS,
  setupOf,
  shareOfSilence,
  silenceFactors,
  table1,
  table11,
  table12,
  table13,
  tableExperiment,
  type TableName,
  tables,
  tableSweep,
  worksBelow,
} from "lib/studies/synthetic_tables/mod.ts";
import { paperRun, paperRuns } from "../support/paper_runs.ts";

for (const table of Object.keys(tables) as TableName[]) {
  const rows = rowsOf(table);
  const names = Object.keys(rows) as RowName[];

  Deno.test(`${table} has rows of headings of their own`, () => {
    const columns = Object.values(rows).map((row) => columnsOf(table, row));
    assertEquals(new Set(columns.map((columns) => JSON.stringify(columns))).size, names.length);
    assertEquals(new Set(columns.map((columns) => Object.keys(columns).join())).size, 1);
  });

  Deno.test(`the sweep ${table} trains every row at every seed, each experiment a JSON value`, () => {
    const { seeds, entries } = tableSweep(table, "");
    assertEquals(seeds, SEEDS);
    const all = entries([0, 1]).map(({ experiment }) => experiment);
    assertEquals(all.length, 2 * names.length);
    assertEquals(new Set(all.map(runName)).size, all.length);
    assertEquals(JSON.parse(JSON.stringify(all)), all);
    for (const { key, experiment } of entries([3])) {
      assertEquals(experiment.name, `${key.row}-seed${key.seed}`);
      new Training(experiment);
    }
  });
}

Deno.test("the sweeps go seed by seed; 100 units come last", () => {
  const names = tableSweep("table-12", "").entries([0, 1]).map(({ experiment }) => experiment.name);
  const rows = (units: number) =>
    [0, 1].flatMap((n) => [`hmm-${units}-seed${n}`, `ctc-${units}-seed${n}`]);
  assertEquals(names, [...rows(20), ...rows(100)]);
});

Deno.test("a row's prior, scales and topology become the criterion, and nothing else does", () => {
  const criterion = (table: TableName, row: RowName) =>
    tableExperiment(table, row as never, 0).criterion;
  const plain = { kind: "full-sum", topology: "hmm", posteriorScale: 1 };
  assertEquals(criterion("table-10", "none-a1"), plain as never);
  assertEquals(criterion("table-12", "ctc-100"), { ...plain, topology: "ctc" } as never);
  assertEquals(
    criterion("table-10", "static-b0.03-a0.1"),
    { ...plain, posteriorScale: 0.1, prior: { kind: "static", priorScale: 0.03 } } as never,
  );
  assertEquals(
    criterion("table-10", "flowing-b0.5-a0.5"),
    {
      ...{ ...plain, posteriorScale: 0.5 },
      prior: { kind: "sequence", stopGradient: false, priorScale: 0.5 },
    } as never,
  );
  assertEquals(
    criterion("table-11", "a0.5-b0.3-g0.2"),
    {
      ...{ ...plain, posteriorScale: 0.5, transitionScale: 0.2 },
      prior: { kind: "sequence", priorScale: 0.3 },
      transitions: {
        speech: { loop: 0.5, forward: 0.5 },
        silence: { loop: 0.3, forward: 0.7 },
      },
    } as never,
  );
});

Deno.test("Table 1 is five rows of Table 11", () => {
  assertEquals(table1.filter((name) => Object.hasOwn(table11, name)), table1);
  assertEquals(new Set(table1).size, 5);
});

Deno.test("the HMM at (1, 0, 0) with 20 units is the same training in Tables 11 and 12", () => {
  const [a, b] = [table11["a1-b0-g0"], table12["hmm-20"]];
  assertEquals(setupOf("table-11", a), setupOf("table-12", b));
  assertEquals(a.theirs, b.theirs);
});

Deno.test("our factors of silence give the share that Table 13 prints, its own two do not", () => {
  const off = [];
  for (const { frames = 0, factor = 0, silence } of Object.values(table13)) {
    const printed = shareOfSilence(frames, factor);
    assertAlmostEquals(shareOfSilence(frames, silenceFactors[factor] ?? factor), silence, 0.5);
    if (Math.abs(printed - silence) > 0.5) off.push(factor);
  }
  assertEquals(off, [14, 14, 50]);
});

const { theirs } = table12["ctc-20"]; // LER 14.2 ± 8.2

Deno.test("isApart() allows two of their deviations, or one unit of the last printed digit", () => {
  assertEquals(isApart(theirs.per, [14.2 - 16.4], "per"), false);
  assertEquals(isApart(theirs.per, [14.2 - 16.5], "per"), true);
  const exact = { mean: 0, deviation: 0 };
  assertEquals(isApart(exact, [0.01], "frameCe"), false);
  assertEquals(isApart(exact, [0.02], "frameCe"), true);
  assertEquals(isApart({ mean: NaN, deviation: NaN }, [9], "tse"), false);
});

Deno.test("gatherTable() reads the last row of each run, seeds in order, in the paper's units", () => {
  const runs = paperRuns("table-12", [1, 0], ({ row, seed }) => ({
    per: 0.01 * row + 0.001 * seed,
    frameCe: row,
    blankPosterior: 0.21,
    tse: seed,
  }));
  const rows = gatherTable("table-12", runs);
  assertEquals(Object.keys(rows), Object.keys(table12));
  assertEquals(rows["hmm-100"], {
    per: [2, 2.1],
    frameCe: [2, 2],
    blank: [21, 21],
    tse: [0, 1],
  });
});

Deno.test("gatherTable() says which row has no run, and which has no alignment", () => {
  assertThrows(() => gatherTable("table-10", []), RangeError, "its row average-b0.5-a0.5");
  const [{ key, run }, ...others] = paperRuns("table-12", [0], () => paperRun);
  const rows = run.rows.map(({ alignment: _, ...row }) => row);
  const blind = { key, run: { ...run, rows } };
  assertThrows(() => gatherTable("table-12", [blind, ...others]), RangeError, "alignment");
});

Deno.test("comparisonTable() sets theirs above ours, a star where they are apart", () => {
  const runs = paperRuns("table-12", [0, 1], ({ row, seed }) => ({
    per: row === 0 ? 0.6 : 0.1,
    frameCe: 0.4,
    blankPosterior: 0.4 + 0.02 * seed,
    tse: 1.3,
  }));
  const lines = comparisonTable(compareTable("table-12", gatherTable("table-12", runs))).map((
    line,
  ) => JSON.parse(JSON.stringify(line).replaceAll("\u00a0", " ")));
  assertEquals(lines.length, 8);
  assertEquals(lines[2], {
    units: "20",
    topology: "CTC",
    "μ ± σ": "paper",
    "LER [%]": "14.2 ± 8.2",
    "fw. CE [nats]": "0.41 ± 0.07",
    "E p(ε) [%]": "39 ± 4",
    "TSE [frames]": "1.3 ± 0.5",
  });
  assertEquals(lines[3], {
    units: "",
    topology: "",
    "μ ± σ": "ours",
    "LER [%]": "10.0 ± 0.0",
    "fw. CE [nats]": "0.40 ± 0.00",
    "E p(ε) [%]": "41 ± 1",
    "TSE [frames]": "1.3 ± 0.0",
  });
  assertEquals(lines[1]["fw. CE [nats]"], "0.40 ± 0.00 *");
});

Deno.test("figuresClaim() counts the means that are near, metric by metric, lost ones left out", () => {
  const like = paperRuns("table-11", [0], ({ row }) => {
    const { per, frameCe, blank, tse } = Object.values(table11)[row].theirs;
    return {
      per: (per.mean + (row === 0 ? 50 : 0)) / 100,
      frameCe: frameCe.mean,
      blankPosterior: blank.mean / 100,
      tse: tse.mean,
    };
  });
  const claim = judge(
    figuresClaim(11, compareTable("table-11", gatherTable("table-11", like)), "same direction"),
  );
  assertEquals(claim.verdict, "same direction");
  assertEquals(claim.rows.map(({ measured }) => measured), [
    ...["10 of 11", "11 of 11", "10 of 10", "10 of 10"],
  ]);
});

Deno.test("formatSpread() writes a dash for a lost mean, and no σ for a lost one", () => {
  assertEquals(formatSpread({ mean: NaN, deviation: NaN }, "tse"), "–");
  assertEquals(formatSpread({ mean: 15, deviation: NaN }, "blank"), "15");
});

Deno.test("a training works up to an LER of 25 %, inside the widest gap of the published means", () => {
  assertEquals(worksBelow, 25);
});
