// Every system, trained, saved, decoded and aligned as a person types it:
//   deno test --allow-env --allow-read --allow-write --allow-run tests/system/systems.ts
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { readCtm } from "lib/alignment/mod.ts";
import { readModel, systemOf, trainableSystems } from "lib/experiments/mod.ts";
import { inProject, task } from "../support/tasks.ts";

const small = ["--iters", "3", "--hidden", "4", "--batch", "3", "--eval-every", "3"];

/** How each is aligned unless a person says how, and how it cannot be. */
const aligned = {
  ctc: { by: "viterbi", not: "attention" },
  transducer: { by: "viterbi", not: "attention" },
  attention: { by: "attention", not: "viterbi" },
  hybrid: { by: "viterbi", not: undefined },
} as const;

for (const system of trainableSystems) {
  Deno.test(`train --system ${system} saves a model that decode and align read`, () =>
    inProject(async (folder) => {
      const model = `${folder}/model.safetensors`;
      const trained = await task("train", "--system", system, ...small, "--json", "--save", model);
      assertEquals(trained.code, 0, trained.err);
      const rows = trained.out.trim().split("\n").map((line) => JSON.parse(line));
      assertEquals(rows.map(({ iter }) => iter), [1, 3]);
      assertEquals("blankRate" in rows[0], system === "ctc");
      const { experiment } = readModel(await Deno.readFile(model));
      assertEquals(systemOf(experiment.criterion), system);

      const flags = ["--model", model, "--sequences", "2"];
      const decoded = await task("decode", ...flags, "--beam", "2");
      assertEquals([decoded.code, decoded.err], [0, ""]);
      const named = system === "ctc" ? "" : `${system}, `;
      assertMatch(decoded.out, new RegExp(`^PER .*labels \\(${named}beam of 2\\)\n`));

      const { by, not } = aligned[system];
      const [usual, said] = [
        await task("align", ...flags),
        await task("align", ...flags, "--method", by),
      ];
      assertEquals([usual.code, usual.out], [0, said.out], usual.err);
      assert(readCtm(usual.out).length >= 2);
      const gradients = await task("align", ...flags, "--method", "grad-score-ext");
      assertStringIncludes(gradients.err, "2 of 2");
      if (not === undefined) return;
      const refused = await task("align", ...flags, "--method", not);
      assertEquals([refused.code, refused.out], [2, ""]);
      assertStringIncludes(refused.err, `--method cannot be "${not}" where the model's system is`);
      assertStringIncludes(refused.err, by);
    }));
}

Deno.test("align refuses a blank shift where no CTC is, and train a system that nobody knows", () =>
  inProject(async (folder) => {
    const model = `${folder}/model.safetensors`;
    await task("train", "--system", "transducer", ...small, "--save", model);
    const shifted = await task("align", "--model", model, "--blank-shift", "-3");
    assertEquals(shifted.code, 2);
    assertStringIncludes(shifted.err, "of CTC: the model is of another system");
    const unknown = await task("train", "--system", "rnnt");
    assertEquals(unknown.code, 2);
    assertStringIncludes(unknown.err, "ctc, transducer, attention, hybrid");
  }));
