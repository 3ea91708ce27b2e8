// `deno task decode`, as a person types it, with the permissions that deno.json gives it.
import {
  assert,
  assertEquals,
  assertGreater,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { trainNgram, writeArpa } from "lib/decoding/mod.ts";
import { type Experiment, Training } from "lib/experiments/mod.ts";
import { corpusTrigram } from "lib/studies/decoding/mod.ts";
import { wordErrorRate } from "lib/metrics/mod.ts";
import { encodeCheckpoint } from "lib/models/mod.ts";
import { smallExperiment } from "../support/experiments.ts";
import { inProject, task } from "../support/tasks.ts";

const decode = (...args: string[]) => task("decode", ...args);

async function withModel(
  experiment: Experiment,
  test: (model: string, folder: string, training: Training) => Promise<void>,
): Promise<void> {
  await inProject(async (folder) => {
    const model = `${folder}/model.safetensors`;
    const training = new Training(experiment);
    for (let step = 0; step < 30; step++) training.step();
    const metadata = { experiment: JSON.stringify(experiment) };
    await Deno.writeFile(model, encodeCheckpoint(training.params, metadata));
    await test(model, folder, training);
  });
}

Deno.test("decode prints the PER, and every sequence with the frames of its labels", () =>
  withModel(smallExperiment(), async (model) => {
    const { code, out, err } = await decode("--model", model, "--sequences", "3", "--beam", "8");
    assertEquals([code, err], [0, ""]);
    assertMatch(out, /^PER \d\.\d{3}: \d+ errors in \d+ labels \(beam of 8\)\n/);
    assertEquals(out.match(/^ +\d+ {2}target /gm)?.length, 3);
    assertEquals(out.match(/^ +frames/gm)?.length, 3);
    assertEquals((await decode("--model", model, "--sequences", "3", "--beam", "8")).out, out);
  }));

Deno.test("decode --json holds the same as one object, with a language model as well", () =>
  withModel(smallExperiment(), async (model, folder, training) => {
    const arpa = `${folder}/trigram.arpa`;
    await Deno.writeTextFile(arpa, writeArpa(corpusTrigram(training, 200)));
    const flags = ["--model", model, "--sequences", "2", "--seed", "5", "--json"];
    const fusion = ["--beam", "8", "--lm", arpa, "--lm-weight", "0.5", "--insertion-bonus", "99"];
    const usual = fusion.filter((word) => !["--lm-weight", "0.5"].includes(word));
    const outs: string[] = [], said: number[] = [];
    for (const more of [[], fusion, usual]) {
      const { code, out } = await decode(...flags, ...more);
      assertEquals(code, 0);
      outs.push(out);
      said.push(JSON.parse(out).sequences.flatMap(({ decoded }: Decoded) => decoded).length);
      const { per, errors, labels, sequences } = JSON.parse(out);
      assertEquals([sequences.length, per], [2, errors / labels]);
      for (const { decoded, spans } of sequences) {
        assertEquals(spans.map(({ label }: { label: string }) => label), decoded);
        assert(spans.every(({ start, end }: { start: number; end: number }) => start < end));
      }
    }
    assertEquals(outs[2], outs[1]); // the default weight
    // So large a bonus has labels begin in most of the frames.
    assertGreater(said[1], 50);
  }));

Deno.test("decode refuses a language model of other words, and a model without blanks", async () => {
  await withModel(smallExperiment(), async (model, folder) => {
    const arpa = `${folder}/other.arpa`;
    await Deno.writeTextFile(arpa, "\\data\\\nngram 1=1\n\n\\1-grams:\n-1\thello\n\n\\end\\\n");
    const { code, err } = await decode("--model", model, "--beam", "4", "--lm", arpa);
    assertEquals([code, err.trimEnd().split("\n").length], [2, 1]);
    assertStringIncludes(err, "an ARPA file with the words 1 2");
    await Deno.writeTextFile(arpa, "\\data\\\nngram 1=1\n\n\\1-grams:\nx\t1\n\n\\end\\\n");
    assertStringIncludes((await decode("--model", model, "--beam=4", "--lm", arpa)).err, "line 5");
  });
  const hmm = smallExperiment({ criterion: { kind: "full-sum", topology: "hmm" } });
  await withModel(hmm, async (model) => {
    const { code, err } = await decode("--model", model);
    assertEquals(code, 2);
    assertStringIncludes(err, "HMM topology");
  });
});

interface Decoded {
  readonly target: readonly string[];
  readonly decoded: readonly string[];
  readonly errors: number;
  readonly spans: readonly { readonly start: number; readonly end: number }[];
}

/** What stands on stdout, but for the targets, by what `--json` says of the same sequences. */
function report(
  { wer, per, errors, labels, sequences }: {
    readonly wer: number;
    readonly per: number;
    readonly errors: number;
    readonly labels: number;
    readonly sequences: readonly Decoded[];
  },
): string[] {
  const texts = (of: (one: Decoded) => readonly string[]) =>
    sequences.map((one) => of(one).join(""));
  const words = wordErrorRate(texts(({ decoded }) => decoded), texts(({ target }) => target));
  return [
    `PER ${per.toFixed(3)}: ${errors} errors in ${labels} labels (beam of 8, lexicon)`,
    `WER ${wer.toFixed(3)}: ${words.substitutions} words substituted, ${words.insertions} ` +
    `inserted, ${words.deletions} deleted`,
    ...sequences.flatMap(({ decoded, errors, spans }) => {
      const frames = spans.map(({ start, end }) =>
        [start, end - 1].filter((t, n, all) => n === 0 || t > all[0]).join("–")
      );
      const widths = frames.map((text, n) => Math.max(text.length, decoded[n].length));
      const row = (cells: readonly string[]) =>
        cells.map((text, n) => text.padEnd(widths[n])).join(" ");
      return [
        "",
        `      decoded  ${row(decoded)}  (${errors} errors)`,
        `      frames   ${row(frames)}`.trimEnd(),
      ];
    }),
    "",
  ];
}

/** A text model as it is before it can read: its search has to be told what words are. */
const letters = smallExperiment({ corpus: { kind: "letters" } });

Deno.test("decode --lexicon gives nothing but its words, with and without a model of them", () =>
  withModel(letters, async (model, folder) => {
    const known = ["cat", "hat", "the", "won't"];
    await Deno.writeTextFile(`${folder}/words.txt`, "cat\nhat h a t\nthe\nwon't\n");
    const lm = trainNgram([[3, 1], [3, 2]], { labels: 5, order: 2, words: ["", ...known] });
    await Deno.writeTextFile(`${folder}/words.arpa`, writeArpa(lm));
    const flags = ["--model", model, "--sequences", "2", "--beam", "8"];
    const lexicon = ["--lexicon", `${folder}/words.txt`, "--word-bonus", "2"];
    const bigram = ["--lm", `${folder}/words.arpa`, "--lm-weight", "1"];
    const { code, out, err } = await decode(...flags, ...lexicon);
    assertEquals([code, err], [0, ""]);
    assertMatch(out, /^PER .* \(beam of 8, lexicon\)\nWER \d\.\d{3}: \d+ words substituted/);
    for (const more of [[], bigram]) {
      const json = await decode(...flags, ...lexicon, ...more, "--json");
      const { wer, per, errors, labels, sequences } = JSON.parse(json.out);
      if (more.length === 0) {
        assertEquals(
          out.split("\n").filter((line) => !/^ +\d* +target/.test(line)),
          report({ wer, per, errors, labels, sequences }),
        );
      }
      assert(wer > 0.5, out);
      const words = sequences.flatMap((one: { decoded: string[] }) =>
        one.decoded.join("").split(" ")
      );
      assert(words.length > 2, out);
      assertEquals(words.filter((word: string) => !known.includes(word)), []);
    }
    const unlisted = ["--lexicon", `${folder}/more.txt`, ...bigram];
    await Deno.writeTextFile(`${folder}/more.txt`, "cat\ndog\n");
    assertStringIncludes((await decode(...flags, ...unlisted)).err, 'label 2 is "dog"');
    await Deno.writeTextFile(`${folder}/more.txt`, "cat\ncat5\n");
    const fault = await decode(...flags, "--lexicon", `${folder}/more.txt`);
    assertEquals([fault.code, fault.err.trimEnd().split("\n").length], [2, 1]);
    assertStringIncludes(fault.err, 'line 2: "cat5" must be spelt in a b c');
  }));

Deno.test("decode refuses a lexicon where no label stands between words", () =>
  withModel(smallExperiment(), async (model) => {
    const { code, err } = await decode("--model", model, "--beam", "4", "--lexicon", "deno.json");
    assertEquals([code, err.trimEnd().split("\n").length], [2, 1]);
    assertStringIncludes(err, "--lexicon needs a label between words");
  }));

for (
  const [what, flags, part] of [
    ["no model", [], "--model is missing"],
    ["a model that is not there", ["--model", "nowhere.safetensors"], "nowhere.safetensors"],
    ["a file that is no model", ["--model", "deno.json"], "is not a safetensors file"],
    ["a beam of nothing", ["--model", "x", "--beam", "0"], "--beam"],
    ["a language model without a beam", ["--model", "x", "--lm", "y"], "--beam N"],
    ["a weight of nothing", ["--model", "x", "--beam", "4", "--lm-weight", "1"], "--lm FILE"],
    ["a lexicon without a beam", ["--model", "x", "--lexicon", "y"], "--beam N"],
    ["a bonus of no words", ["--model", "x", "--beam", "4", "--word-bonus", "1"], "--lexicon FILE"],
    ["a bonus without a beam", ["--model", "x", "--insertion-bonus", "1"], "--beam N"],
    ["an unknown flag", ["--bean", "4"], "--beam"],
  ] as const
) {
  Deno.test(`decode ends with 2 and one clear line on ${what}`, async () => {
    const { code, out, err } = await decode(...flags);
    assertEquals([code, out, err.trimEnd().split("\n").length], [2, "", 1]);
    assertStringIncludes(err, part);
  });
}
