import { assertAlmostEquals, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { judge } from "lib/claims/mod.ts";
import { sizesOf, unopenedDataSet } from "lib/corpora/mod.ts";
import { sentenceWords } from "lib/corpora/sentences/mod.ts";
import { voiceScripts } from "lib/corpora/voices/mod.ts";
import {
  type Experiment,
  type ReadableStore,
  runName,
  storeOf,
  Training,
} from "lib/experiments/mod.ts";
import { encodeCheckpoint } from "lib/models/mod.ts";
import { methods as balances } from "lib/studies/balancing_blank/mod.ts";
import {
  againstBlank,
  byMethodRows,
  bySettingRows,
  byUnit,
  claims,
  experiment,
  fewLabels,
  firstSentence,
  gather,
  grid,
  ITERS,
  type Key,
  mainMethods,
  manyLabels,
  type Method,
  methodsOf,
  type Results,
  results,
  spokenAgain,
  sweep,
  table14,
  table4Rows,
  theirs,
  type Trained,
  type Unit,
  units,
  VOCABULARY,
} from "lib/studies/balancing_blank_on_speech/mod.ts";
import type { Cell } from "lib/studies/speech_setup/mod.ts";
import runs from "../../results/speech.json" with { type: "json" };
import { assertEveryRowCanFail } from "../support/every_row_can_fail.ts";
import { labelUnitRun } from "../support/label_unit_runs.ts";
import { linesOf } from "../support/printed_tables.ts";

Deno.test("balancing blank on speech: every unit with its methods, each under a name of its own", () => {
  const all = sweep.entries([0, 1]);
  const each = mainMethods.length * units.length + 3;
  assertEquals(new Set(all.map(({ experiment }) => runName(experiment))).size, 2 * each);
  for (const { key, experiment: { name, corpus, criterion } } of all) {
    const { unit, method, seed } = key;
    assertEquals(corpus.kind === "voices" && corpus.labels, unit);
    const { blankBias: _, ...balance }: { blankBias?: number } = method === "blank from 1/K"
      ? {}
      : balances[method];
    assertEquals(criterion, { kind: "full-sum", ...balance });
    assertMatch(name, new RegExp(`^balancing-blank-on-speech-${unit}-.*-seed${seed}$`));
  }
  assertEquals(all.filter(({ keepsWeights }) => keepsWeights).length, 1);
});

Deno.test("a blank in the softmax starts as likely as all other labels together, or as any of them", () => {
  for (const unit of units) {
    const { model, corpus } = experiment({ unit, method: "normalised, batch", seed: 0 });
    const { blankBias } = model as { blankBias: number };
    assertAlmostEquals(Math.exp(blankBias), sizesOf(corpus).labels - 1, 1e-9);
  }
  for (const method of ["blank from 1/K", "separated blank"] as const) {
    const { model } = experiment({ unit: "words", method, seed: 0 });
    assertEquals("blankBias" in model, false);
  }
});

Deno.test("the grid has every shift with every prior scale, and the setting against blank", () => {
  const settings = grid.map(({ blankShift = 0, priorScale = 0 }) => `${blankShift} ${priorScale}`);
  assertEquals([settings[0], settings.length, new Set(settings).size], ["0 0", 25, 25]);
  assertEquals(settings.includes(`${againstBlank.blankShift} ${againstBlank.priorScale}`), true);
});

Deno.test("few labels are, figure by figure, 512 subwords in our copy of Table 4", () => {
  const printed = linesOf(4).filter(([labels]) => labels === "SPM 512")
    .map(([, , tse, tseCenter, silence, , wer]) => ({
      ...{ wer: Number(wer), tse: Number(tse), tseCenter: Number(tseCenter) },
      silence: Number(silence),
    }));
  assertEquals(JSON.stringify(Object.values(fewLabels)), JSON.stringify(printed));
  assertEquals(theirs("letters", "separated blank", "wer", "so"), "0.97×: so");
  assertEquals(theirs("phones", "normalised, batch", "wer", "so"), "so");
  assertEquals(theirs("words", "separated blank", "tse", "so"), "1.24×: so");
});

Deno.test("gather() keeps audiences, units, methods and settings apart, and seeds in order", () => {
  const tseOf = ({ unit, method, seed }: Key) =>
    100 * (units.indexOf(unit) + 1) + 1000 * seed + 30 * methodsOf(unit).indexOf(method);
  const found = gather(
    sweep.entries([0, 1]).map(({ key }) => ({ key, run: labelUnitRun(key, tseOf(key)) })),
  );
  const { known, unseen, curves } = found;
  assertEquals(known.trained.letters.baseline.asItIs.tse, [100, 1100]);
  assertEquals(unseen.trained.phones["separated blank"].asItIs.tse, [520, 2520]);
  assertEquals(known.trained.words["blank from 1/K"].against.tse, [451, 1451]);
  const place = grid.findIndex(({ blankShift, priorScale }) =>
    blankShift === againstBlank.blankShift && priorScale === againstBlank.priorScale
  );
  assertEquals(known.trained.letters.baseline.against.tse, [100 + place, 1100 + place]);
  assertEquals(known.cells.words.at(-1)!.tse, [324, 1324]);
  assertEquals([known.trained.words.baseline.per, unseen.trained.words.baseline.per], [
    [10, 10],
    [20, 20],
  ]);
  assertEquals([known.silence, unseen.silence], [10, 20]);
  assertEquals(curves.phones.baseline[1].at(0), [1, 100]);
  assertEquals(curves.phones.baseline[1].at(-1)![0], ITERS);
  assertEquals(Object.keys(known.trained.letters), [...mainMethods]);
  assertNotEquals(methodsOf("words").length, mainMethods.length);
});

/** Results that are the paper's tables at every seed, so far as it has them. */
function asPublished(seeds: number): Results {
  const each = (value: number) => Array.from({ length: seeds }, (_, n) => value * (1 + n / 1e4));
  const timed = (tse: number, silence: number) => ({
    ...{ tse: each(tse), tseCenter: each(tse / 2) },
    ...{ silence: each(silence), duration: each(80) },
  });
  const table: Readonly<Record<string, { wer: number; tse: number; silence: number }>> = {
    ...manyLabels,
    "blank from 1/K": { wer: 100, tse: 500, silence: 90 },
  };
  const trained = (unit: Unit, method: Method): Trained => {
    const { wer, tse, silence } = unit === "words"
      ? table[method]
      : { ...fewLabels, "normalised, batch": fewLabels.baseline }[
        method as keyof typeof fewLabels
      ];
    const most = unit === "words" ? 80.8 : 60;
    return { per: each(wer), asItIs: timed(most + 30.7, most), against: timed(tse, silence) };
  };
  const cells = (): Cell[] =>
    grid.map(({ blankShift = 0, priorScale = 0 }) => {
      const line = blankShift === 0 && priorScale === 0
        ? table14[0]
        : blankShift === -6 && priorScale === 1
        ? table14[12]
        : blankShift === -2 && priorScale === 0
        ? table14[2]
        : blankShift === 0 && priorScale === 2
        ? table14[8]
        : { tse: 120, silence: 5 };
      return { blankShift, priorScale, ...timed(line.tse, line.silence) };
    });
  const byMethod = <T>(value: (unit: Unit, method: Method) => T) =>
    byUnit((unit) =>
      Object.fromEntries(methodsOf(unit).map((method) => [method, value(unit, method)]))
    ) as Record<Unit, Record<Method, T>>;
  const heard = { trained: byMethod(trained), cells: byUnit(cells), silence: 18 };
  const curve = [[1, 100], [300, 20], [600, 10]] as const;
  return {
    known: heard,
    unseen: heard,
    curves: byMethod(() => Array.from({ length: seeds }, () => curve)),
  };
}

Deno.test("balancing blank on speech: the paper's own figures reproduce what it says", () => {
  assertEquals(claims(asPublished(3)).map((spec) => judge(spec).verdict), [
    "reproduced", // little in errors
    "reproduced", // nothing in alignment
    "reproduced", // batch or sequence
    "reproduced", // a lower clamp
    "reproduced", // no faster
    "yes", // blank from 1/2
    "reproduced", // shift or prior alone
    "reproduced", // both
    "reproduced", // about as much blank as silence
    "yes", // longer labels
    "reproduced", // small labels
  ]);
});

Deno.test("tables of the notebook have the paper's models, and medians of ours", () => {
  assertEquals(table4Rows().length, 2 + 6);
  const found = asPublished(3);
  const rows = byMethodRows(found);
  assertEquals(rows.length, 2 * mainMethods.length + methodsOf("words").length);
  const [best] = bySettingRows(found).filter(({ kind }) => kind === "both (least)");
  assertEquals([best.setting, best["TSE, ms"]], ["shift −6, prior scale 1", "68.2"]);
});

Deno.test("a sentence that is spoken again is what the kept model of words was evaluated on", async () => {
  const store = storeOf({ "speech": runs });
  const untrained: ReadableStore = {
    ...store,
    within: () => ({
      ...store.within("speech"),
      readWeights: (experiment: Experiment) => {
        const data = unopenedDataSet(experiment.corpus);
        const { params } = new Training({ ...experiment, evaluations: [] }, { data });
        const bytes = encodeCheckpoint(params, { experiment: JSON.stringify(experiment) });
        return Promise.resolve(bytes);
      },
    }),
  };
  const model = await spokenAgain(untrained, 1);
  assertEquals([model.data.dev.sequences, model.data.train.sequences], [3, 0]);
  const { labels, bands, evaluated: { batch, logProbs }, samples } = firstSentence(model);
  const [{ voice, sentence }] = model.data.dev.sentences;
  const due = voiceScripts({ vocabulary: VOCABULARY })
    .find((script) => script.split === "dev" && script.voice === voice)!;
  assertEquals([sentence.text, labels], [due.texts[0], sentenceWords(due.texts[0])]);
  assertEquals([bands.rows, bands.cols], [batch.x.frames.rows, 12]);
  assertEquals(logProbs.frames.rows, bands.rows);
  assertEquals(Math.min(...bands.data) >= 0, true);
  assertEquals(Math.abs(samples.length / 640 - bands.rows) < 1.5, true);
});

Deno.test("balancing blank on speech: the stored runs give the stated verdicts, and every row can fail", async () => {
  assertEveryRowCanFail(claims, await results(storeOf({ "speech": runs })));
});
