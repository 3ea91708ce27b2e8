import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  compareWithPaper,
  comparisonTable,
  formatSpread,
  judge,
  type PaperMetric,
  paperMetrics,
  type PaperRow,
  paperSettings,
  type PaperTableName,
  paperTables,
  runName,
  spreadOf,
  sweeps,
  tableOneRows,
  Training,
  verdictRows,
} from "lib/experiments/mod.ts";
import { paperRun, type PaperRunFigures, paperRuns } from "../support/paper_runs.ts";

const tables = Object.keys(paperTables) as PaperTableName[];

for (const table of tables) {
  const { rows } = paperTables[table];

  Deno.test(`${table} has rows of names and headings of their own`, () => {
    assertEquals(new Set(rows.map(({ name }) => name)).size, rows.length);
    assertEquals(new Set(rows.map(({ columns }) => JSON.stringify(columns))).size, rows.length);
    assertEquals(new Set(rows.map(({ columns }) => Object.keys(columns).join())).size, 1);
  });

  Deno.test(`the sweep ${table} trains every row at every seed, each experiment a JSON value`, () => {
    const { seeds, experiments } = sweeps[table];
    assertEquals(seeds, paperSettings[table].seeds);
    const all = experiments([0, 1]);
    assertEquals(all.length, 2 * rows.length);
    assertEquals(new Set(all.map(runName)).size, all.length);
    assertEquals(JSON.parse(JSON.stringify(all)), all);
    for (const experiment of experiments([3])) new Training(experiment);
  });
}

Deno.test("the sweeps go seed by seed; 100 units come last", () => {
  const { experiments } = sweeps["table-12"];
  const names = experiments([0, 1]).map(({ name }) => name);
  const rows = (units: number) =>
    [0, 1].flatMap((n) => [`hmm-${units}-seed${n}`, `ctc-${units}-seed${n}`]);
  assertEquals(names, [...rows(20), ...rows(100)]);
});

Deno.test("Table 1 is five rows of Table 11", () => {
  const names = paperTables["table-11"].rows.map(({ name }) => name);
  assertEquals(tableOneRows.filter((name) => names.includes(name)), tableOneRows);
  assertEquals(tableOneRows.length, 5);
});

Deno.test("rows of the HMM at (1, 0, 0) with 20 units are the same training in Tables 11 and 12", () => {
  const [a, b] = [paperTables["table-11"].rows.at(-1)!, paperTables["table-12"].rows[0]];
  assertEquals(a.setup, b.setup);
  assertEquals(a.theirs, b.theirs);
});

Deno.test("spreadOf() divides by n - 1, and refuses no values", () => {
  assertAlmostEquals(spreadOf([1, 2, 3, 4]).deviation, Math.sqrt(5 / 3));
  assertEquals(spreadOf([7]), { mean: 7, deviation: 0 });
  assertThrows(() => spreadOf([]), RangeError, "at least one value");
});

const theirs = paperTables["table-12"].rows[1].theirs; // LER 14.2 ± 8.2

function like(changes: Partial<Record<PaperMetric, number>>): PaperRow["theirs"] {
  const metrics = Object.keys(paperMetrics) as PaperMetric[];
  const entries = metrics.map((m) => [m, { mean: changes[m] ?? theirs[m].mean, deviation: 0 }]);
  return Object.fromEntries(entries) as PaperRow["theirs"];
}

Deno.test("judge() finds a row reproduced up to two of their deviations", () => {
  assertEquals(judge(theirs, like({})), { apart: [], verdict: "reproduced" });
  assertEquals(judge(theirs, like({ ler: 14.2 - 16.4 })).verdict, "reproduced");
  assertEquals(judge(theirs, like({ ler: 14.2 - 16.5 })).verdict, "same direction");
});

Deno.test("judge() names the metrics that are apart", () => {
  assertEquals(judge(theirs, like({ frameCe: 0.56, blank: 48 })), {
    apart: ["frameCe", "blank"],
    verdict: "same direction",
  });
});

Deno.test("judge() finds a row not reproduced where one works and the other fails, however wide σ is", () => {
  const wide = { ...theirs, ler: { mean: 45.6, deviation: 29.2 } };
  assertEquals(judge(wide, like({ ler: 10 })), { apart: [], verdict: "not reproduced" });
  assertEquals(judge(wide, like({ ler: 80 })).verdict, "reproduced");
});

Deno.test("judge() says a training works up to 25 % of labels wrong, and fails above", () => {
  const wide = { ...theirs, ler: { mean: 14.2, deviation: 99 } };
  assertEquals(judge(wide, like({ ler: 25 })).verdict, "reproduced");
  assertEquals(judge(wide, like({ ler: 25.1 })).verdict, "not reproduced");
  const failed = { ...theirs, ler: { mean: 33.8, deviation: 99 } };
  assertEquals(judge(failed, like({ ler: 25.1 })).verdict, "reproduced");
  assertEquals(judge(failed, like({ ler: 25 })).verdict, "not reproduced");
});

Deno.test("judge() takes one unit of the last printed digit for σ = 0, and skips lost figures", () => {
  const exact = {
    ler: { mean: 0, deviation: 0 },
    frameCe: { mean: 0, deviation: 0 },
    blank: { mean: 50, deviation: NaN },
    tse: { mean: NaN, deviation: NaN },
  };
  const ours = like({ ler: 0.1, frameCe: 0.01, blank: 12, tse: 9 });
  assertEquals(judge(exact, ours), { apart: [], verdict: "reproduced" });
  assertEquals(judge(exact, like({ ler: 0, frameCe: 0.02, blank: 50 })).apart, ["frameCe"]);
});

Deno.test("compareWithPaper() reads the last row of each run, seeds in order, in the paper's units", () => {
  const figures = ({ row, seed }: { row: number; seed: number }): PaperRunFigures => ({
    per: 0.01 * row + 0.001 * seed,
    frameCe: row,
    blankPosterior: 0.21,
    tse: seed,
  });
  const runs = paperRuns("table-12", [1, 0], figures);
  const rows = compareWithPaper("table-12", runs);
  assertEquals(rows.map(({ name }) => name), paperTables["table-12"].rows.map(({ name }) => name));
  assertEquals(rows[2].values.ler, [2, 2.1]);
  assertAlmostEquals(rows[2].ours.ler.mean, 2.05);
  assertEquals(rows[2].values.blank, [21, 21]);
  assertEquals(rows[2].values.tse, [0, 1]);
});

Deno.test("compareWithPaper() says which row has no run, and which has no alignment", () => {
  assertThrows(() => compareWithPaper("table-10", []), RangeError, "its row average-b0.5-a0.5");
  const [run, ...others] = paperRuns("table-12", [0], () => paperRun);
  const blind = { ...run, rows: run.rows.map(({ alignment: _, ...row }) => row) };
  assertThrows(() => compareWithPaper("table-12", [blind, ...others]), RangeError, "alignment");
});

Deno.test("comparisonTable() sets theirs above ours, a star where they are apart", () => {
  const runs = paperRuns("table-12", [0, 1], ({ row, seed }) => ({
    per: row === 0 ? 0.6 : 0.1,
    frameCe: 0.4,
    blankPosterior: 0.4 + 0.02 * seed,
    tse: 1.3,
  }));
  const lines = comparisonTable(compareWithPaper("table-12", runs)).map((line) =>
    JSON.parse(JSON.stringify(line).replaceAll("\u00a0", " "))
  );
  assertEquals(lines.length, 8);
  assertEquals(lines[2], {
    units: "20",
    topology: "CTC",
    "μ ± σ": "paper",
    "LER [%]": "14.2 ± 8.2",
    "fw. CE [nats]": "0.41 ± 0.07",
    "E p(ε) [%]": "39 ± 4",
    "TSE [frames]": "1.3 ± 0.5",
    verdict: "",
  });
  assertEquals(lines[3], {
    units: "",
    topology: "",
    "μ ± σ": "ours, 2 seeds",
    "LER [%]": "10.0 ± 0.0",
    "fw. CE [nats]": "0.40 ± 0.00",
    "E p(ε) [%]": "41 ± 1",
    "TSE [frames]": "1.3 ± 0.0",
    verdict: "reproduced",
  });
  assertEquals([lines[1]["fw. CE [nats]"], lines[1].verdict], ["0.40 ± 0.00 *", "same direction"]);
});

Deno.test("formatSpread() writes a dash for a lost mean, and no σ for a lost one", () => {
  assertEquals(formatSpread({ mean: NaN, deviation: NaN }, "tse"), "–");
  assertEquals(formatSpread({ mean: 15, deviation: NaN }, "blank"), "15");
});

Deno.test("verdictRows() are the rows of a claim, with what was trained in words", () => {
  const runs = paperRuns("table-12", [0], () => ({ ...paperRun, per: 0.9 }));
  const rows = verdictRows(compareWithPaper("table-12", runs));
  assertEquals(rows[0].what, "LER [%], units 20, topology HMM");
  assert(rows.slice(1).every(({ holds }) => holds === false));
  assertEquals([rows[1].expected, rows[1].measured], ["14.2 ± 8.2", "90.0 ± 0.0"]);
});

Deno.test("verdictRows() hold where a row is reproduced, and say where it has the direction alone", () => {
  const [one] = compareWithPaper("table-12", paperRuns("table-12", [0], () => paperRun));
  const verdicts = ["reproduced", "same direction", "not reproduced"] as const;
  const rows = verdictRows(verdicts.map((verdict) => ({ ...one, verdict })));
  assertEquals(rows.map(({ holds }) => holds), [true, "same direction", false]);
});
