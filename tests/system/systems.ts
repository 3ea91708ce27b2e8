// Every system, trained, saved, decoded and aligned as a person types it, many lines in one process:
//   deno test --allow-env --allow-read --allow-write --allow-run tests/system/systems.ts
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { readCtm } from "lib/alignment/mod.ts";
import { readModel, systemOf, trainableSystems } from "lib/experiments/mod.ts";
import { inFolder } from "../support/folders.ts";
import { lines, task } from "../support/tasks.ts";

const small = ["--iters", "3", "--hidden", "4", "--batch", "3", "--eval-every", "3"];

/** How each is aligned unless a person says how, and how it cannot be. */
const aligned = {
  ctc: { by: "viterbi", not: "attention" },
  transducer: { by: "viterbi", not: "attention" },
  attention: { by: "attention", not: "viterbi" },
  hybrid: { by: "viterbi", not: undefined },
} as const;

const models = Object.fromEntries(
  trainableSystems.map((system) => [system, `${system}.safetensors`]),
) as Record<typeof trainableSystems[number], string>;
const two = (system: keyof typeof models) => ["--model", models[system], "--sequences", "2"];

Deno.test("train --system saves a model of every system that decode and align read", () =>
  inFolder(async (folder) => {
    const training = (
      system: keyof typeof models,
    ) => ["--system", system, ...small, "--json", "--save", models[system]];
    const trained = await lines("train", trainableSystems.map(training), folder);
    const decoding = trainableSystems.map((system) => [...two(system), "--beam", "2"]);
    const decoded = await lines("decode", decoding, folder);
    const methods = trainableSystems.flatMap((system) => {
      const { by, not } = aligned[system];
      return [undefined, by, "grad-score-ext", ...not === undefined ? [] : [not]]
        .map((method) => ({ system, method }));
    });
    const alignments = await lines(
      "align",
      methods.map(({ system, method }) =>
        method === undefined ? two(system) : [...two(system), "--method", method]
      ),
      folder,
    );
    for (const [n, system] of trainableSystems.entries()) {
      assertEquals(trained[n].code, 0, trained[n].err);
      const rows = trained[n].out.trim().split("\n").map((line) => JSON.parse(line));
      assertEquals(rows.map(({ iter }) => iter), [1, 3]);
      assertEquals("blankRate" in rows[0], system === "ctc");
      const { experiment } = readModel(await Deno.readFile(`${folder}/${models[system]}`));
      assertEquals(systemOf(experiment.criterion), system);

      assertEquals([decoded[n].code, decoded[n].err], [0, ""]);
      const named = system === "ctc" ? "" : `${system}, `;
      assertMatch(decoded[n].out, new RegExp(`^PER .*labels \\(${named}beam of 2\\)\n`));

      const { by, not } = aligned[system];
      const of = (method?: string) =>
        alignments[methods.findIndex((one) => one.system === system && one.method === method)];
      const [usual, said] = [of(), of(by)];
      assertEquals([usual.code, usual.out], [0, said.out], usual.err);
      assert(readCtm(usual.out).length >= 2);
      assertStringIncludes(of("grad-score-ext").err, "2 of 2");
      if (not === undefined) continue;
      const refused = of(not);
      assertEquals([refused.code, refused.out], [2, ""]);
      assertStringIncludes(refused.err, `--method cannot be "${not}" where the model's system is`);
      assertStringIncludes(refused.err, by);
    }
    const [shifted] = await lines("align", [[...two("transducer"), "--blank-shift", "-3"]], folder);
    assertEquals(shifted.code, 2);
    assertStringIncludes(shifted.err, "of CTC: the model is of another system");
    const own = await task("decode", "--model", `${folder}/${models.hybrid}`, "--sequences", "2");
    assertEquals(own.code, 0, "as in a process of its own");
    const [unknown] = await lines("train", [["--system", "rnnt"]]);
    assertEquals(unknown.code, 2);
    assertStringIncludes(unknown.err, "ctc, transducer, attention, hybrid");
  }));
