import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { runName, runStore, writeUpExperiment } from "lib/experiments/mod.ts";
import { drawFigures } from "lib/studies/export_pool.ts";
import { encodeCheckpoint } from "lib/models/mod.ts";
import { buildModel } from "lib/training/mod.ts";
import { RandomState } from "lib/numeric/mod.ts";
import { wholeRun } from "../support/stored_runs.ts";

const root = new URL("../../", import.meta.url).pathname;

/** Runs the task in a folder of its own, with the permissions that deno.json gives it. */
async function figures(cwd: string, ...args: string[]) {
  const config: { tasks: Record<string, string> } = JSON.parse(
    await Deno.readTextFile(`${root}deno.json`),
  );
  const permissions = config.tasks.figures.replace("lib,", `${root}lib,`).split(" ")
    .filter((word) => word.startsWith("--allow"));
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--config", `${root}deno.json`, ...permissions].concat(
      `${root}tasks/figures.ts`,
      args,
    ),
    cwd,
    env: { NO_COLOR: "1" },
  });
  const { code, stdout, stderr } = await command.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

Deno.test("figures --only writes that figure alone, and says so", async () => {
  const cwd = await Deno.makeTempDir();
  try {
    const { code, stdout, stderr } = await figures(cwd, "--only", "ctc-gradient");
    assertEquals([code, stdout, stderr], [0, "- figures/ctc-gradient.png\n", ""]);
    assertEquals(Array.from(Deno.readDirSync(`${cwd}/figures`), ({ name }) => name), [
      "ctc-gradient.png",
    ]);
    const png = await Deno.readFile(`${cwd}/figures/ctc-gradient.png`);
    assertEquals(new DataView(png.buffer).getUint32(16), 2 * 864);
  } finally {
    await Deno.remove(cwd, { recursive: true });
  }
});

Deno.test("figures --only draws the committed runs to the committed picture", async () => {
  const cwd = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${cwd}/results`);
    for (const name of ["speech", "librivox"]) {
      await Deno.copyFile(`${root}results/${name}.json`, `${cwd}/results/${name}.json`);
    }
    const { code, stderr } = await figures(cwd, "--only", "unseen-speakers");
    assertEquals([code, stderr], [0, ""]);
    const [drawn, due] = [cwd, root].map((folder) =>
      Deno.readFileSync(`${folder}/figures/unseen-speakers.png`)
    );
    assertEquals(drawn, due);
  } finally {
    await Deno.remove(cwd, { recursive: true });
  }
});

Deno.test("drawFigures() draws from the runs in the folder of results", async () => {
  const cwd = await Deno.makeTempDir();
  try {
    const store = runStore(`${cwd}/results`).within("write-up");
    for (const kind of ["blstm", "lstm"] as const) {
      for (const seed of [0, 1, 2, 3, 4]) {
        const experiment = writeUpExperiment(kind, seed, { fineEvery: 10 });
        const params = buildModel(experiment.model, 8, 7).init(new RandomState(7));
        const metadata = { experiment: JSON.stringify(experiment) };
        await store.write(wholeRun(experiment), encodeCheckpoint(params, metadata));
      }
    }
    const files = ["training-curves.png", "ctc-alignment.png", "weight-matrices.png"];
    await drawFigures(files, `${cwd}/results`, (file, drawing) => {
      assert(drawing.kind === "drawn" && drawing.bytes.length > 10_000, file);
      return Promise.resolve();
    }, 1);
  } finally {
    await Deno.remove(cwd, { recursive: true });
  }
});

Deno.test("figures without the runs it needs says how to make them", async () => {
  const cwd = await Deno.makeTempDir();
  try {
    const { code, stderr } = await figures(cwd, "--only", "training-curves");
    assertEquals(code, 1);
    assertStringIncludes(stderr, "write-up-blstm-seed0-");
    assertStringIncludes(stderr, "is not in results/: run `deno task reproduce` first");
    assertEquals(stderr.trim().split("\n").length, 1);
  } finally {
    await Deno.remove(cwd, { recursive: true });
  }
});

Deno.test("figures of a run that is damaged names the file, what is wrong and what mends it, in one line", async () => {
  const cwd = await Deno.makeTempDir();
  try {
    const experiment = writeUpExperiment("blstm", 0, { fineEvery: 10 });
    const file = `results/write-up/${runName(experiment)}.json`;
    await Deno.mkdir(`${cwd}/results/write-up`, { recursive: true });
    await Deno.writeTextFile(`${cwd}/${file}`, "null");
    const { code, stderr } = await figures(cwd, "--only", "training-curves");
    assertEquals([code, stderr.trim().split("\n").length], [1, 1]);
    assertStringIncludes(stderr, `figures: training-curves.png: Cannot read ${file}: `);
    assertMatch(stderr, /\(`deno task reproduce` sets it aside and makes it again\)$/m);
    assertEquals(await Deno.readTextFile(`${cwd}/${file}`), "null");
    // What else a damaged run can be is in tests/system/stored_runs.ts, with no process for each.
    const text = '{"experiment":{},"rows":[]}';
    await Deno.writeTextFile(`${cwd}/${file}`, text);
    await drawFigures(["training-curves.png"], `${cwd}/results`, (_, drawing) => {
      assert(drawing.kind === "failed");
      assertMatch(drawing.error, /^Cannot read .*\(`deno task reproduce` sets it aside[^\n]*$/);
      return Promise.resolve();
    }, 1);
    assertEquals(await Deno.readTextFile(`${cwd}/${file}`), text);
  } finally {
    await Deno.remove(cwd, { recursive: true });
  }
});

Deno.test("figures that cannot be written are one line each, and none is lost for another", async () => {
  const cwd = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${cwd}/figures/ctc-gradient.png`, { recursive: true });
    const { code, stderr } = await figures(cwd, "--only", "ctc-gradient");
    assertEquals([code, stderr.trim().split("\n").length], [1, 1]);
    assertMatch(
      stderr,
      /^figures: ctc-gradient.png: Cannot write figures\/ctc-gradient.png: Is a directory/,
    );
  } finally {
    await Deno.remove(cwd, { recursive: true });
  }
});

Deno.test("figures --only with a name it does not know lists the names, in one line", async () => {
  const { code, stdout, stderr } = await figures(root, "--only", "portrait");
  assertEquals([code, stdout], [2, ""]);
  assertEquals(stderr.trim().split("\n").length, 1);
  for (const name of ["corpus-signatures", "gradcheck", "ctc-alignment.gif"]) {
    assertStringIncludes(stderr, name);
  }
});

Deno.test("drawFigures() draws the others where what is told of one throws, and throws it in the end", async () => {
  const drawn: string[] = [];
  await assertRejects(
    () =>
      drawFigures(["weight-matrices.png", "ctc-gradient.png"], "no/such/folder", (file) => {
        if (file === "weight-matrices.png") return Promise.reject(new Error("no room"));
        drawn.push(file);
        return Promise.resolve();
      }, 1),
    Error,
    "no room",
  );
  assertEquals(drawn, ["ctc-gradient.png"]);
});

Deno.test("drawFigures() draws the others where one fails, whatever the number of workers", async () => {
  const files = ["weight-matrices.png", "ctc-gradient.png"];
  for (const workers of [1, 2]) {
    const drawn = new Map<string, string>();
    await drawFigures(files, "no/such/folder", (file, drawing) => {
      drawn.set(file, drawing.kind === "failed" ? drawing.error : drawing.kind);
      return Promise.resolve();
    }, workers);
    assertStringIncludes(drawn.get("weight-matrices.png") ?? "", "are not in results/");
    assertEquals(drawn.get("ctc-gradient.png"), "drawn");
  }
});
