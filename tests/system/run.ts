// `deno task run`: experiments from a file, stored apart from the committed results.
import { assertEquals, assertStringIncludes } from "@std/assert";
import { runName, runStore, train } from "lib/experiments/mod.ts";
import { smallExperiment } from "../support/experiments.ts";
import { assertOneLine, inProject, lines, task } from "../support/tasks.ts";

Deno.test("run trains an experiment of a file, stores it, and then reads it back, unless --again", () =>
  inProject(async (folder) => {
    const [file, out] = [`${folder}/experiment.json`, `${folder}/mine`];
    const experiment = smallExperiment({ name: "one" });
    await Deno.writeTextFile(file, JSON.stringify(experiment));
    const path = `${out}/${runName(experiment)}.json`;
    const first = await task("run", file, "--out", out);
    assertEquals(first.code, 0, first.err);
    assertStringIncludes(first.out, `one: stored in ${path}`);
    assertStringIncludes(first.err, "1/1 done");
    const rows = await Array.fromAsync(train(experiment));
    assertEquals((await runStore(out).read(experiment))?.rows, rows);
    assertStringIncludes(first.out, rows.at(-1)!.nll.toFixed(4));

    const { mtime } = await Deno.stat(path);
    const second = await task("run", file, "--out", out);
    assertStringIncludes(second.out, `one: read from ${path}`);
    assertEquals([second.code, second.err], [0, ""]);
    assertEquals((await Deno.stat(path)).mtime, mtime);
    const respelled = { ...experiment, name: "two", criterion: { kind: "full-sum" } };
    await Deno.writeTextFile(`${folder}/respelled.json`, JSON.stringify(respelled));
    const other = await task("run", `${folder}/respelled.json`, "--out", out);
    assertStringIncludes(other.out, `two: read from a run in ${out} that means the same`);
    assertEquals([other.code, [...Deno.readDirSync(out)].length], [0, 2]);
    const third = await task("run", file, "--out", out, "--again");
    assertStringIncludes(third.out, `one: stored in ${path}`);
    assertEquals((await Deno.stat(path)).mtime! > mtime!, true);
  }));

Deno.test("run stores the same bytes of a training in pieces, however many workers take them", () =>
  inProject(async (folder) => {
    const file = `${folder}/experiment.json`;
    const experiment = smallExperiment({ name: "pieced", pieces: 3 });
    await Deno.writeTextFile(file, JSON.stringify(experiment));
    const stored = await Promise.all(["1", "2"].map(async (workers) => {
      const out = `${folder}/${workers}`;
      const { code, err } = await task("run", file, "--out", out, "--workers", workers);
      assertEquals(code, 0, err);
      const path = `${out}/${runName(experiment)}`;
      return [
        await Deno.readTextFile(`${path}.json`),
        await Deno.readFile(`${path}.safetensors`),
      ];
    }));
    assertEquals(stored[1], stored[0]);
  }));

Deno.test("run trains a list of experiments, and says which diverged", () =>
  inProject(async (folder) => {
    const [file, out] = [`${folder}/list.json`, `${folder}/mine`];
    const wild = smallExperiment({ name: "wild" });
    const list = [
      smallExperiment({ name: "one" }),
      { ...wild, optimizer: { ...wild.optimizer, lr: 1e154 } },
      smallExperiment({ name: "three", seed: 4 }),
    ];
    await Deno.writeTextFile(file, JSON.stringify(list));
    const { code, out: said, err } = await task("run", file, "--out", out, "--workers", "2");
    assertEquals(code, 1);
    assertStringIncludes(err, "run: wild failed: The training diverged at step");
    assertEquals(said.match(/^\w+: stored in /gm), ["one: stored in ", "three: stored in "]);
  }));

Deno.test("run ends with 2 and one line on a file that is no experiment: value, place, expected", () =>
  inProject(async (folder) => {
    const good = smallExperiment();
    const cases: [args: string[], part: string][] = [];
    for (
      const [text, part] of [
        ["{", "expected JSON of an experiment"],
        ["[]", "the list is empty"],
        ["7", "current value is 7"],
        [JSON.stringify({ ...good, batch: -1 }), "batch must be"],
        [
          JSON.stringify({ ...good, corpus: { kind: "phonemes", noize: 1 } }),
          'did you mean "noise"?',
        ],
        [JSON.stringify([good, { ...good, iters: 0.5 }]), "experiment 2 of 2: "],
        [JSON.stringify({ ...good, name: "../../up" }), 'current value is "../../up"'],
        [JSON.stringify({ ...good, model: { kind: "blstm", hidden: 1e9 } }), "it would need about"],
      ]
    ) {
      const file = `${folder}/wrong-${cases.length}.json`;
      await Deno.writeTextFile(file, text);
      cases.push([[file, "--out", `${folder}/mine`], part]);
    }
    const files = cases.map(([[file]]) => file);
    const file = `${folder}/experiment.json`;
    await Deno.writeTextFile(file, JSON.stringify(good));
    cases.push(
      [[], "found 0 files"],
      [[`${folder}/none.json`], "none.json"],
      [[file, "--out", "/nowhere"], '"/nowhere'],
      [[file, "--out", "deno.json"], '--out cannot be "deno.json"'],
    );
    const endings = await lines("run", cases.map(([args]) => args));
    for (const [n, [, part]] of cases.entries()) assertOneLine(endings[n], 2, part);
    for (const [n, file] of files.entries()) {
      assertStringIncludes(endings[n].err, `FILE cannot be "${file}"`);
    }
    const there = [...Deno.readDirSync(folder)].map(({ name }) => `${folder}/${name}`);
    assertEquals(there.sort(), [file, ...files].sort());
  }));
