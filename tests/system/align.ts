// `deno task align`, as a person types it, with the permissions that deno.json gives it.
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { readAlignmentJson, readCtm, readTextGrid } from "lib/alignment/mod.ts";
import { type Experiment, Training } from "lib/experiments/mod.ts";
import { encodeCheckpoint } from "lib/models/mod.ts";
import { smallExperiment } from "../support/experiments.ts";
import { inProject, task } from "../support/tasks.ts";

const align = (...args: string[]) => task("align", ...args);

/** A perfect model of clean words: its alignment is the truth. */
const perfect = smallExperiment({
  corpus: { kind: "words" },
  model: { kind: "ffnn", init: { kind: "identity", scale: 20 } },
  criterion: { kind: "full-sum", topology: "hmm" },
});

async function withModel(
  experiment: Experiment,
  test: (model: string, folder: string) => Promise<void>,
): Promise<void> {
  await inProject(async (folder) => {
    const model = `${folder}/model.safetensors`;
    const { params } = new Training(experiment);
    const metadata = { experiment: JSON.stringify(experiment) };
    await Deno.writeFile(model, encodeCheckpoint(params, metadata));
    await test(model, folder);
  });
}

Deno.test("align prints a CTM on stdout and errors of 0 on stderr for a perfect model", () =>
  withModel(perfect, async (model) => {
    const { code, out, err } = await align("--model", model, "--sequences", "3", "--seed", "5");
    assertEquals(code, 0);
    const words = readCtm(out);
    assertEquals(new Set(words.map(({ recording }) => recording)).size, 3);
    assert(words.every(({ text }) => ["helo", "world", "howe", "are", "you"].includes(text)));
    assertMatch(err, /TSE, left and right boundaries +\| 0\.0 +\| 0\.00 /);
    assertStringIncludes(err, "3 of 3");
  }));

Deno.test("align says which sequences have more labels than fit into their frames, and aligns the others", () =>
  withModel(
    smallExperiment({
      corpus: {
        ...{ kind: "words", words: ["oo", "ab"], wordsPerSequence: [1, 1] },
        ...{ framesPerLetter: [1, 1], silenceFactor: [0, 0] },
      },
      criterion: { kind: "ctc" },
    }),
    async (model) => {
      const { code, out, err } = await align("--model", model, "--sequences", "40");
      assertEquals(code, 0, err);
      const told = [...err.matchAll(/^align: sequence (\d+) of 40 is not aligned: (.*)$/gm)];
      const more = Number(/^align: (\d+) more are not aligned$/m.exec(err)?.[1]);
      assert(told.length === 12 && more > 0 && more < 28, err);
      assert(told.every(([, , why]) => why === "its 2 labels do not fit into its 2 frames"), err);
      assertStringIncludes(err, `${28 - more} of 40`);
      const aligned = new Set(readCtm(out).map(({ recording }) => recording));
      assertEquals(aligned.size, 28 - more);
      assert(told.every(([, n]) => !aligned.has(`sequence-${n.padStart(2, "0")}`)));
    },
  ));

Deno.test("align --output writes a TextGrid for every sequence, in seconds, with the truth below", () =>
  withModel(perfect, async (model, folder) => {
    const flags = ["--sequences", "2", "--frame-length", "40", "--output", `${folder}/deep/out`];
    const { code, out, err } = await align("--model", model, "--format", "textgrid", ...flags);
    assertEquals([code, err], [0, ""]);
    assertStringIncludes(out, "TSE");
    for (const n of [1, 2]) {
      const text = await Deno.readTextFile(`${folder}/deep/out/sequence-${n}.TextGrid`);
      const { tiers, end } = readTextGrid(text);
      assertEquals(tiers.map(({ name }) => name), [
        "words",
        "labels",
        "true words",
        "true labels",
      ]);
      assertEquals(tiers[0].intervals, tiers[2].intervals);
      assertEquals(tiers[1].intervals, tiers[3].intervals);
      assert(Number.isInteger(Math.round(end * 1e6) / 40_000), `${end} s is whole frames`);
    }
  }));

Deno.test("align --format json prints one list, which reads back piece by piece", () =>
  withModel(perfect, async (model) => {
    const { out } = await align("--model", model, "--format", "json", "--sequences", "2");
    for (const one of JSON.parse(out)) {
      const { spans, frameSeconds } = readAlignmentJson(JSON.stringify(one));
      assertEquals([frameSeconds, spans[0].index], [0.01, 0]);
    }
  }));

Deno.test("align --format textgrid prints every TextGrid below its name, and the errors beside", () =>
  withModel(perfect, async (model) => {
    const { code, out, err } = await align("--model", model, "--format", "textgrid");
    assertEquals(code, 0);
    assertMatch(err, /TSE, left and right boundaries +\| 0\.0 +\| 0\.00 /);
    const [before, ...grids] = out.split(/^! (?:sequence-\d+\.TextGrid)\n/m);
    assertEquals([before, grids.length], ["", 16]);
    for (const grid of grids) assertEquals(readTextGrid(grid).tiers.length, 4);
  }));

for (const method of ["grad-score", "grad-score-ext"]) {
  Deno.test(`align --method ${method} aligns every sequence, of words and of phonemes`, async () => {
    for (const experiment of [perfect, smallExperiment()]) {
      await withModel(experiment, async (model) => {
        const flags = ["--method", method, "--sequences", "2"];
        const { code, out, err } = await align("--model", model, ...flags);
        assertEquals(code, 0);
        assert(readCtm(out).length >= 2);
        assertStringIncludes(err, "2 of 2");
      });
    }
  });
}

Deno.test("align --blank-shift takes frames from blank", () =>
  withModel(smallExperiment(), async (model) => {
    const silence = async (...flags: string[]) => {
      const { err } = await align("--model", model, "--sequences", "2", ...flags);
      return Number(/silence found +\| +\| (\S+) %/.exec(err)![1]);
    };
    assert(await silence("--blank-shift", "-50") < await silence("--prior-scale=1"));
  }));

for (
  const [what, flags, part] of [
    ["no model", [], "--model is missing"],
    ["a model that is not there", ["--model", "nowhere.safetensors"], "nowhere.safetensors"],
    ["a file that is no model", ["--model", "deno.json"], "is not a safetensors file"],
    ["an unknown method", ["--model", "x", "--method", "guess"], "viterbi, attention, grad-score"],
    [
      "a blank shift of gradients",
      ["--model", "x", "--method", "grad-score", "--blank-shift", "-3"],
      "of viterbi",
    ],
    ["frames of no length", ["--model", "x", "--frame-length", "0"], "--frame-length"],
  ] as const
) {
  Deno.test(`align ends with 2 and one clear line on ${what}`, async () => {
    const { code, out, err } = await align(...flags);
    assertEquals([code, out, err.trimEnd().split("\n").length], [2, "", 1]);
    assertStringIncludes(err, part);
  });
}
