// What a person types, brings or runs out of: one line, with no stack trace. With the permissions that
// deno.json gives a task; where there are many lines of one task, in one process.
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { type Experiment, Training } from "lib/experiments/mod.ts";
import { encodeCheckpoint } from "lib/models/mod.ts";
import { smallExperiment } from "../support/experiments.ts";
import {
  assertOneLine,
  type Ended,
  inProject,
  lines,
  root,
  shell,
  task,
} from "../support/tasks.ts";

const { tasks }: { tasks: Record<string, string> } = JSON.parse(
  Deno.readTextFileSync(`${root}deno.json`),
);
/** The tasks that a person types flags to. */
const typed = Object.keys(tasks).filter((name) => !["test", "test-web", "ok"].includes(name));

for (const name of typed) {
  Deno.test(`${name} --help says how to use it, and does nothing else`, async () => {
    const { code, out } = await task(name, "--help");
    assertEquals(code, 0);
    assertStringIncludes(out, `Usage: deno task ${name}`);
    assertStringIncludes(out, "--help");
  });

  Deno.test(`${name} ends with 2 and one clear line on an unknown flag`, async () => {
    assertOneLine(await task(name, "--sede=3"), 2, 'unknown flag "--sede=3"');
  });
}

Deno.test("no task takes all permissions, and none ever asks for more", () => {
  for (const name of typed) {
    for (const line of tasks[name].split("&&").filter((line) => /deno run/.test(line))) {
      assert(!/(^|\s)(-A|--allow-all)(\s|$)/.test(line), `task ${name}: ${line}`);
      if (name !== "notebooks") assertStringIncludes(line, "--no-prompt", `task ${name}`);
    }
  }
});

Deno.test("train and align write below the folder one stands in, train its voices too, and nowhere else", () => {
  assertMatch(tasks.align, / --allow-write=\. /);
  assertMatch(tasks.train, / --allow-write=\.,"\$CACHE" /);
});

const wrong: Record<string, [args: string[], part: string][]> = {
  train: [
    [["--hidden", "-1"], '--hidden cannot be "-1"'],
    [["--seed", "1.5"], '--seed cannot be "1.5"'],
    [["--iters", "0"], '--iters cannot be "0"'],
    [["--lr", "nan"], '--lr cannot be "nan"'],
    [["--hidden", "1000000000"], "it would need about"],
    [["--hidden", "20000"], "it would need about"],
    [["--batch", "1000000000"], "it would need about"],
    [["--batch", "100000"], "it would need about"],
    [["--workers", "4"], "--workers cannot be 4: expected at most --pieces, 1"],
    [["--pieces", "20"], "--pieces cannot be 20: expected at most --batch, 16"],
    [["--corpus", "voice"], '--corpus cannot be "voice": expected one of phonemes, voices'],
    [["--corpus", "timit"], "--timit is missing: expected the folder of the corpus timit"],
    [["--corpus", "digits", "--fsdd", "nowhere"], '--fsdd cannot be "nowhere"'],
    [["--unit", "words"], "--unit is of recordings, and the corpus is phonemes"],
    [["--save", "/elsewhere/model"], 'the task has no permission for write access to "/else'],
    [["--save", "nowhere/model"], '--save cannot be "nowhere/model"'],
    [["--save", "tests"], '--save cannot be "tests"'],
  ],
  align: [
    [["--model", "/dev/zero"], "it is no regular file"],
    [["--model", "tests"], "it is a folder"],
  ],
  decode: [[["--model", "/dev/zero"], "it is no regular file"]],
  sweep: [
    [["table-13", "--seeds", "1000000000"], "from 1 to 1000"],
    [["table-13", "--seeds", "1", "--shard", "1/1000000000"], "expected I/N with N <= 6"],
    [["table-13", "--workers", "1000000000"], "from 1 to 256"],
    [["constructor"], "expected one of"],
  ],
};

for (const [name, cases] of Object.entries(wrong)) {
  let endings: Promise<Ended[]> | undefined;
  for (const [n, [args, part]] of cases.entries()) {
    Deno.test(`${name} ${args.join(" ")} ends with 2 and one line`, async () => {
      endings ??= lines(name, cases.map(([args]) => args));
      assertOneLine((await endings)[n], 2, part);
    });
  }
}

Deno.test("bench --rounds 1000000000 ends with 2 and one line", async () => {
  assertOneLine(await task("bench", "--rounds", "1000000000"), 2, "from 1 to 1000");
});

Deno.test("train --lr 1e154 says at which step it diverged, and ends with 1", async () => {
  const { code, err } = await task("train", "--lr", "1e154");
  assertEquals(code, 1);
  assertMatch(err, /^train: The training diverged at step \d+: [^\n]*$/m);
  assert(!/^ +at /m.test(err), err);
});

/** Writes a model whose experiment and weights are those of a small one, changed. */
async function damaged(
  file: string,
  experiment: unknown,
  weight: (w: number) => number = (w) => w,
): Promise<void> {
  const { params } = new Training(smallExperiment());
  for (const { data } of Object.values(params)) data.forEach((w, i) => data[i] = weight(w));
  const metadata = { experiment: JSON.stringify(experiment) };
  await Deno.writeFile(file, encodeCheckpoint(params, metadata));
}

const good = smallExperiment();
const hmm = { kind: "full-sum", topology: "hmm" };
const models: [string, unknown, ((w: number) => number)?][] = [
  ["whose weights are NaN", good, () => NaN],
  ["whose weights are infinite", good, () => Infinity],
  ["whose weights are 1e308", good, (w) => w < 0 ? -1e308 : 1e308],
  ["of no topology that there is", {
    ...good,
    criterion: { kind: "full-sum", topology: "ring" },
  }],
  ["whose transitions are no probabilities", {
    ...good,
    criterion: { ...hmm, transitions: { speech: { loop: -3 }, silence: { loop: 7 } } },
  }],
  ["whose transitions are a text", { ...good, criterion: { ...hmm, transitions: "none" } }],
  ["that would take all memory", {
    ...good,
    model: { kind: "blstm", hidden: 1e9 },
  }],
  ["of nothing", null],
];

for (const name of ["align", "decode"]) {
  Deno.test(`${name} ends with 2 and one line on a model that cannot be used`, (t) =>
    inProject(async (folder) => {
      const files = models.map((_, n) => `${folder}/model-${n}.safetensors`);
      for (const [n, [, experiment, weight]] of models.entries()) {
        await damaged(files[n], experiment, weight);
      }
      const endings = await lines(name, files.map((file) => ["--model", file]));
      for (const [n, [what]] of models.entries()) {
        await t.step(`one ${what}`, () => {
          assertOneLine(endings[n], 2, `--model cannot be "${files[n]}"`);
        });
      }
    }));

  Deno.test(`${name} ends with 2 and one line on files that are no models, and on absurd numbers`, () =>
    inProject(async (folder) => {
      const cases: [args: string[], part: string][] = [];
      for (const bytes of [[], Array(1000).fill(0), Array(1000).fill(0xff)]) {
        const file = `${folder}/no-model-${cases.length}`;
        await Deno.writeFile(file, new Uint8Array(bytes));
        cases.push([["--model", file], file]);
      }
      const file = `${folder}/model.safetensors`;
      await damaged(file, good);
      const absurd = name === "align"
        ? [["--frame-length", "1e-300"], ["--frame-length", "1e308"], ["--blank-shift", "1e308"]]
        : [["--beam", "1000000000"], ["--beam", "4", "--insertion-bonus", "1e308"]];
      for (const flags of [["--sequences", "1000000000"], ...absurd]) {
        const [flag, value] = flags.slice(-2);
        cases.push([["--model", file, ...flags], `${flag} cannot be "${value}"`]);
      }
      cases.push([["--model", file, "--sequences", "99999"], "GiB of memory"]);
      const endings = await lines(name, cases.map(([args]) => args));
      for (const [n, [, part]] of cases.entries()) assertOneLine(endings[n], 2, part);
    }));
}

Deno.test("decode ends with 2 and one line on a language model that is not UTF-8, and one that never ends", () =>
  inProject(async (folder) => {
    const [model, arpa] = [`${folder}/model.safetensors`, `${folder}/lm.arpa`];
    await damaged(model, good);
    await Deno.writeFile(arpa, new Uint8Array([0xff, 0xfe, 0xfd]));
    const of = (lm: string) => ["--model", model, "--beam", "2", "--lm", lm];
    const [unreadable, endless] = await lines("decode", [of(arpa), of("/dev/zero")]);
    assertOneLine(unreadable, 2, "it is not UTF-8");
    assertOneLine(endless, 2, "it is no regular file");
  }));

Deno.test("a reader that goes away ends a task at once and quietly", async () => {
  const line = "deno task --quiet train --iters 100000 --eval-every 1 --json 2>&1 | head -1; " +
    "echo ${PIPESTATUS[0]}";
  const { out, err } = await shell(line);
  const [row, code, ...rest] = out.trim().split("\n");
  assertMatch(row, /^train: this takes about |^\{"iter":1,/);
  assertEquals([code, rest, err], ["141", [], ""]);
});

Deno.test({
  name: "output onto a full disk ends with 1 and one line",
  ignore: Deno.build.os !== "linux",
  async fn() {
    for (const name of ["gradcheck", "train --iters 1"]) {
      const { code, err } = await shell(`deno task --quiet ${name} > /dev/full`);
      assertEquals(code, 1);
      assertMatch(err, /^(gradcheck|train): No space left on device[^\n]*$/m);
      assert(!/^ +at /m.test(err), err);
    }
  },
});

Deno.test("align --output into a place that it may not touch, or that is a file, ends with one line", () =>
  inProject(async (folder) => {
    const model = `${folder}/model.safetensors`;
    await damaged(model, good);
    const flags = ["--model", model, "--sequences", "1", "--output"];
    const [nowhere, file] = await lines("align", [[...flags, "/nowhere"], [...flags, "deno.json"]]);
    assertOneLine(nowhere, 2, "no permission");
    assertOneLine(file, 2, "File exists");
  }));

const interrupted: [string, string[], string][] = [
  ["train", ["--iters", "100000"], "nothing is saved before the last step"],
];
for (const [name, flags, advice] of interrupted) {
  Deno.test(`Ctrl-C ends ${name} at once, leaves no file and says what to do next`, () =>
    inProject(async (folder) => {
      const child = new Deno.Command(Deno.execPath(), {
        args: ["run", "--no-prompt", "--allow-read", `--allow-write=${folder}`]
          .concat(`${root}tasks/${name}.ts`, flags, "--save", `${folder}/model.safetensors`),
        cwd: root,
        stdout: "piped",
        stderr: "piped",
      }).spawn();
      const reader = child.stdout.getReader();
      await reader.read(); // the head of the table: it is under way
      child.kill("SIGINT");
      const [{ code }, err] = await Promise.all([
        child.status,
        new Response(child.stderr).text(),
        (async () => {
          while (!(await reader.read()).done);
        })(),
      ]);
      assertEquals(code, 130);
      assertStringIncludes(err, `${name}: stopped: ${advice}`);
      assertEquals([...Deno.readDirSync(folder)], []);
    }));
}

Deno.test("a model that is whole is read as ever", () =>
  inProject(async (folder) => {
    const file = `${folder}/model.safetensors`;
    await damaged(file, good satisfies Experiment);
    const { code, err } = await task("decode", "--model", file, "--sequences", "2");
    assertEquals([code, err], [0, ""]);
  }));
