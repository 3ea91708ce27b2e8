import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { executeFile } from "lib/jupyter/runner/execute_file.ts";
import { checkNotebooks } from "lib/jupyter/runner/check_types.ts";
import { type Execution, startKernel } from "lib/jupyter/runner/kernel.ts";
import { foldOutput, settleOutputs } from "lib/jupyter/runner/outputs.ts";
import type { Output } from "lib/jupyter/runner/notebook.ts";
import { root, withNotebook } from "../jupyter/temporary_notebook.ts";

Deno.test("no error passes for success, whichever way it takes", async () => {
  const kernel = await startKernel({ cwd: root });
  const pause = "await new Promise((resolve) => setTimeout(resolve, 100));";
  try {
    for (
      const [code, expected] of [
        ["1;", "ok"],
        ['throw new RangeError("a");', "RangeError: a"],
        ["throw null;", "Error: null"],
        ["throw undefined;", "Error: null"],
        ['throw Symbol("s");', "Error: Symbol(s)"],
        ["throw Object.create(null);", "Error: "],
        ["const = 1;", "Error: Execution failed"],
        ["}", "Error: Execution failed"],
        ["return 5;", "SyntaxError: "],
        ['import "./no-such-module.ts";', "TypeError: Module not found"],
        ['Promise.reject(new Error("a"));\n1;', "Error: a (nobody caught it"],
        ["Promise.reject();\n1;", "Error: undefined (nobody caught it"],
        ['queueMicrotask(() => { throw new Error("a"); });\n1;', "Error: a (nobody caught it"],
        [`setTimeout(() => { throw new Error("a"); }, 10);\n${pause}`, "Error: a (nobody caught"],
        [`setTimeout(() => Promise.reject(new Error("a")), 10);\n${pause}`, "Error: a (nobody"],
        ['reportError(new Error("a"));', "Error: a (nobody caught it"],
        [
          `const failing = new Worker("data:text/javascript,throw new Error('a')", { type: "module" });
await new Promise((resolve) => failing.addEventListener("error", resolve));`,
          "a (nobody caught it",
        ],
        ['({ [Symbol.for("Jupyter.display")]() { throw new Error("a"); } });', "Error: a"],
        ['({ toString() { throw new Error("a"); } }).toString();', "Error: a"],
        [
          'await Deno.jupyter.broadcast("error", { ename: "E", evalue: "a", traceback: [] });\n1;',
          "E: a",
        ],
        ['Promise.reject(new Error("a")).catch(() => {});\n1;', "ok"],
        [
          `const caught = new Worker("data:text/javascript,throw 1", { type: "module" });
await new Promise((resolve) => caught.onerror = (event) => resolve(event.preventDefault()));`,
          "ok",
        ],
      ]
    ) {
      const execution = await kernel.execute(code, { timeout: 20 });
      assert(said(execution).includes(expected), `${code} gave ${said(execution)}`);
    }
  } finally {
    await kernel.stop();
  }
});

Deno.test("a cell may close its streams, ask for input and replace what the runner uses", async () => {
  const kernel = await startKernel({ cwd: root });
  try {
    for (
      const code of [
        "Deno.stdin.close();",
        'prompt("name?");',
        "globalThis.setTimeout = () => 0;\nclearTimeout(0);",
        "console.log = () => {};",
        "Deno.stdout.close();\nDeno.stderr.close();",
        "Deno.jupyter.broadcast = () => Promise.reject(new Error());",
        "1;",
      ]
    ) {
      assertEquals(said(await kernel.execute(code, { timeout: 20 })), "ok", code);
    }
    assertEquals(said(await kernel.settle()), "ok");
  } finally {
    await kernel.stop();
  }
});

Deno.test("a kernel that ends or stands still in a cell ends the wait for it", async () => {
  for (
    const [code, expected] of [
      ["Deno.exit(0);", "died 0"],
      ['Deno.kill(Deno.pid, "SIGKILL");', "died 137"],
      ['Deno.kill(Deno.pid, "SIGSTOP");', "timeout"],
    ]
  ) {
    const kernel = await startKernel({ cwd: root });
    assertEquals(said(await kernel.execute(code, { timeout: 2 })), expected);
    assert(["died 137", expected].includes(said(await kernel.execute("1;", { timeout: 2 }))));
    await kernel.stop();
  }
});

Deno.test("clear_output with wait leaves what is printed last", async () => {
  const kernel = await startKernel({ cwd: root });
  try {
    const clear = 'await Deno.jupyter.broadcast("clear_output", { wait: true });';
    for (
      const [code, expected] of [
        [`console.log("Hello");\n${clear}`, "Hello\n"],
        [`for (let i = 0; i < 3; i++) {\n  console.log(i);\n  ${clear}\n}`, "2\n"],
      ]
    ) {
      const outputs: Output[] = [];
      const onOutput = (message: Parameters<typeof foldOutput>[1]) =>
        foldOutput(outputs, message, new Map());
      await kernel.execute(code, { timeout: 20, onOutput });
      assertEquals(settleOutputs(outputs), [
        { output_type: "stream", name: "stdout", text: expected },
      ]);
    }
  } finally {
    await kernel.stop();
  }
});

Deno.test("a process that a cell started ends with the notebook, in a session or an environment of its own or not", async () => {
  const start = (options: string) =>
    `new Deno.Command("/bin/sleep", { args: ["1000"], ${options} }).spawn().pid`;
  const ways = ["", "detached: true", "clearEnv: true"].map(start);
  const cell = `Deno.writeTextFileSync("pids", [${ways}].join(" "));`;
  await withNotebook([cell], async (path) => {
    assertEquals((await executeFile(path, { root })).status, "ok");
    const pids = (await Deno.readTextFile(path.replace("test.ipynb", "pids"))).split(" ");
    assertEquals([pids.length, pids.filter(lives)], [3, []]);
  });
});

for (const signal of ["SIGHUP", "SIGINT", "SIGTERM", "SIGKILL"] as const) {
  Deno.test(`${signal} to the runner leaves no kernel, no process of a cell and no file behind`, async () => {
    const cell =
      `const child = new Deno.Command("/bin/sleep", { args: ["1000"], detached: true }).spawn();
Deno.writeTextFileSync("pids.part", Deno.pid + " " + Deno.ppid + " " + child.pid);
Deno.renameSync("pids.part", "pids");
while (true);`;
    await withNotebook([cell], async (path) => {
      const dir = path.replace("/test.ipynb", "");
      const code = `import { executeFile } from "lib/jupyter/runner/execute_file.ts";
await executeFile(${JSON.stringify(path)}, { root: ${JSON.stringify(root)} });`;
      await stopped(code, signal, () => files(dir).includes("pids"));
      const pids = Deno.readTextFileSync(`${dir}/pids`).split(" ");
      await until(() => !pids.some(lives));
      assertEquals(files(dir), ["pids", "test.ipynb"]);
    });
  });

  Deno.test(`${signal} while cells are type-checked leaves no module behind`, async () => {
    await withNotebook(["1;"], async (path) => {
      const dir = path.replace("/test.ipynb", "");
      const code = `import { checkNotebooks } from "lib/jupyter/runner/check_types.ts";
await checkNotebooks([${JSON.stringify(path)}], { root: ${JSON.stringify(root)} });`;
      await stopped(code, signal, () => files(dir).some((name) => name.endsWith(".cells.ts")));
      await until(() => files(dir).length === 1);
      assertEquals(files(dir), ["test.ipynb"]);
    });
  });
}

Deno.test("a package that the lockfile does not have fails both gates in one line that names the cell", async () => {
  const lock = await Deno.readTextFile(`${root}/deno.lock`);
  await withNotebook(["1;", 'import isOdd from "npm:is-odd@3.0.1";\nisOdd(3);'], async (path) => {
    const report = await checkNotebooks([path], { root });
    assertEquals([report.ok, report.text.split("\n").length], [false, 1]);
    const result = await executeFile(path, { root });
    assert(result.status === "failed");
    for (const text of [report.text, `cell ${result.failure.cell}: ${result.failure.problem}`]) {
      assertStringIncludes(text, "cell 2: it imports npm:is-odd@3.0.1, which deno.lock does not");
    }
  });
  assertEquals(await Deno.readTextFile(`${root}/deno.lock`), lock);
});

Deno.test("a cell that changes the lockfile by an address that it computes fails, and the file is as before", async () => {
  // The cell does to a lockfile of its own what Deno does for import("npm:" + name).
  const cell = `const lock = JSON.parse(Deno.readTextFileSync("deno.lock"));
lock.specifiers["npm:is-odd@3.0.1"] = "3.0.1";
Deno.writeTextFileSync("deno.lock", JSON.stringify(lock));`;
  await withNotebook([cell], async (path) => {
    const dir = path.replace("/test.ipynb", "");
    const lock = '{ "version": "5", "specifiers": {} }';
    await Deno.writeTextFile(`${dir}/deno.lock`, lock);
    const result = await executeFile(path, { root: dir });
    assert(result.status === "failed");
    assertEquals(result.failure.cell, 1);
    assertStringIncludes(result.failure.problem, "it imports npm:is-odd@3.0.1, which deno.lock");
    assertEquals(await Deno.readTextFile(`${dir}/deno.lock`), lock);
  });
});

function said(execution: Execution): string {
  switch (execution.status) {
    case "error":
      return `${execution.error.name}: ${execution.error.message}`;
    case "died":
      return `died ${execution.code}`;
    default:
      return execution.status;
  }
}

/** Runs code in another process and sends it a signal as soon as something is the case. */
async function stopped(code: string, signal: Deno.Signal, when: () => boolean): Promise<void> {
  const runner = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--quiet", code],
    cwd: root,
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  await until(when);
  runner.kill(signal);
  assertEquals((await runner.status).success, false);
}

async function until(condition: () => boolean): Promise<void> {
  const end = performance.now() + 30_000;
  while (!condition()) {
    assert(performance.now() < end, `after 30 s it is not the case that ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function files(dir: string): string[] {
  return [...Deno.readDirSync(dir)].map(({ name }) => name).sort();
}

/** Whether a process runs: one that has ended may still stand in the table, as "Z". */
function lives(pid: string): boolean {
  try {
    return !/\) Z /.test(Deno.readTextFileSync(`/proc/${pid}/stat`));
  } catch {
    return false;
  }
}
