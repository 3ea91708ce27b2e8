import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { checkNotebooks } from "lib/jupyter/runner/check_types.ts";
import { executeFile, type FileResult } from "lib/jupyter/runner/execute_file.ts";
import { type Output, parseNotebook } from "lib/jupyter/runner/notebook.ts";
import { root, withNotebook } from "../jupyter/temporary_notebook.ts";

const CLAIM = `import { equal } from "lib/claims/mod.ts";
import { claim } from "lib/jupyter/mod.ts";
await claim({
  kind: "reproduction",
  title: "Two and two",
  source: "arithmetic",
  states: "reproduced",
  rows: [equal("sum", 4, 2 + 2)],
});`;

Deno.test("a throwing cell stops the run, with its number, source and error", async () => {
  await withNotebook(["1 + 1;", 'throw new RangeError("deep");', "3;"], async (path) => {
    const before = await Deno.readTextFile(path);
    const failure = failureOf(await executeFile(path, { root }));
    assertEquals(failure.cell, 2);
    assertEquals(failure.source, 'throw new RangeError("deep");');
    assertEquals(failure.problem, "RangeError: deep");
    assertEquals(await Deno.readTextFile(path), before);
  }, { 1: ["slow"] }); // another tag than raises-exception
});

Deno.test("a rejected promise fails its cell, awaited or not, as does an error in a timer", async () => {
  const awaited = 'await Promise.reject(new TypeError("refused"));';
  const floating = 'Promise.reject(new TypeError("refused"));\n"fine";';
  const timer = 'setTimeout(() => {\n  throw new TypeError("refused");\n}, 0);';
  for (const source of [awaited, floating, timer]) {
    await withNotebook([source, "await new Promise((r) => setTimeout(r, 50));"], async (path) => {
      const failure = failureOf(await executeFile(path, { root }));
      assertStringIncludes(failure.problem, "TypeError: refused");
      if (source !== timer) assertEquals(failure.cell, 1);
    });
  }
});

Deno.test("a syntax error fails both gates: the type check names its line, the kernel its cell", async () => {
  await withNotebook(["const a = 1;", "const b = 2;\nconst c = ;"], async (path) => {
    const report = await checkNotebooks([path], { root });
    assertEquals(report.ok, false);
    assertMatch(report.text, /test\.ipynb, cell 2, line 2, column 11/);
    const failure = failureOf(await executeFile(path, { root }));
    assertEquals(failure.cell, 2);
    assertEquals(failure.problem, "SyntaxError: the kernel could not parse the cell");
  });
});

Deno.test("a type error fails the gate, though the kernel would run it, and so does a name declared in two cells", async () => {
  const wrong = ['import { matrix } from "lib/numeric/mod.ts";', 'matrix("2", 3);'];
  await withNotebook(wrong, (path) =>
    withNotebook(["let x = 1;", "let x = 2;"], async (other) => {
      const { ok, text } = await checkNotebooks([path, other], { root });
      assertEquals(ok, false);
      assertMatch(text, /TS2345[^]*test\.ipynb, cell 2, line 1, column 8/);
      assertStringIncludes(text, "Cannot redeclare block-scoped variable 'x'");
    }));
});

Deno.test("sound cells pass the gate, and the type check leaves nothing behind", async () => {
  await withNotebook([CLAIM, "Deno.jupyter.md`# x`;"], async (path) => {
    assertEquals(await checkNotebooks([path], { root }), { ok: true, text: "" });
    const files = [...Deno.readDirSync(path.replace(/\/[^/]*$/, ""))].map((entry) => entry.name);
    assertEquals(files, ["test.ipynb"]);
  });
});

Deno.test("a cell that hangs is timed out, asleep or busy", async () => {
  for (const source of ["await new Promise(() => {});", "while (true);"]) {
    await withNotebook(["1;", source], async (path) => {
      const failure = failureOf(await executeFile(path, { root, timeout: 1 }));
      assertEquals(failure.cell, 2);
      assertMatch(failure.problem, /^no end after 1 s: the kernel was killed/);
    });
  }
});

Deno.test("a kernel that dies is reported with the cell that killed it", async () => {
  await withNotebook(["1;", "Deno.exit(3);"], async (path) => {
    const failure = failureOf(await executeFile(path, { root }));
    assertEquals([failure.cell, failure.problem], [2, "the kernel died with exit code 3"]);
  });
});

Deno.test("a second run of an unchanged notebook leaves the file byte-identical", async () => {
  const cells = [
    'console.log("a", new Date(), Deno.cwd());console.error("b")',
    'await Deno.jupyter.display(Deno.jupyter.md`# x`); console.log("after")',
    CLAIM,
  ];
  await withNotebook(cells, async (path) => {
    assertEquals(await executeFile(path, { root }), { status: "ok", changed: true });
    const first = await Deno.readTextFile(path);
    assertEquals(await executeFile(path, { root }), { status: "ok", changed: false });
    assertEquals(await Deno.readTextFile(path), first);
    assertEquals(await executeFile(path, { root, check: true }), { status: "ok", changed: false });
    await Deno.writeTextFile(path, JSON.stringify(JSON.parse(first)));
    assertEquals(await executeFile(path, { root, check: true }), {
      status: "stale",
      differences: ["the file is not as the runner writes it (format, cell ids or metadata)"],
    });
    // Formatted but for the line break at the end of a cell, which a front end shows as an empty line.
    const notebook = JSON.parse(first);
    for (const { source } of notebook.cells) source.push(source.pop() + "\n");
    await Deno.writeTextFile(path, JSON.stringify(notebook, null, 1) + "\n");
    const fmt = await deno("fmt", "--check", path);
    assertEquals(fmt.code, 0, fmt.text);
    assert(!first.includes(root), "the file names the directory it was made in");
  });
});

Deno.test("updates of a display land in place, across cells", async () => {
  const cells = [
    'import { live, show } from "lib/jupyter/mod.ts";\nconst draw = live("a");\nawait draw("<b>1</b>");',
    'await show("<i>between</i>");\nfor (let i = 2; i < 30; i++) await draw(`<b>${i}</b>`);',
  ];
  await withNotebook(cells, async (path) => {
    await executeFile(path, { root });
    const shown = (await outputsOf(path)).map((outputs) =>
      outputs.map((output) => "data" in output && output.data["text/html"])
    );
    assertEquals(shown, [["<b>29</b>"], ["<i>between</i>"]]);
  });
});

Deno.test("ANSI colours are stripped, and what a cell prints last is not lost", async () => {
  const cells = [
    'console.log("\\x1b[31mred\\x1b[0m", { a: 1 });',
    "for (let i = 0; i < 500; i++) console.log(i);",
  ];
  await withNotebook(cells, async (path) => {
    await executeFile(path, { root });
    const [[red], [numbers]] = await outputsOf(path);
    assertEquals(red, { output_type: "stream", name: "stdout", text: "red { a: 1 }\n" });
    assertEquals("text" in numbers && numbers.text.trim().split("\n").length, 500);
  });
});

Deno.test("a cell tagged raises-exception keeps its error, and the run goes on", async () => {
  await withNotebook(["1;", 'throw new Error("wanted");', "3;"], async (path) => {
    assertEquals((await executeFile(path, { root })).status, "ok");
    const [, [error], [result]] = await outputsOf(path);
    assertEquals("evalue" in error && error.evalue, "wanted");
    assertEquals(result.output_type, "execute_result");
  }, { 1: ["raises-exception"] });
});

Deno.test("the tag excuses no error that the cell does not show", async () => {
  for (
    const [source, problem] of [
      ["const = 1;", "SyntaxError: the kernel could not parse the cell"],
      ['Promise.reject(new Error("stray"));\nthrow new Error("wanted");', "Error: stray"],
      ["Deno.exit(0);", "the kernel died with exit code 0"],
    ]
  ) {
    await withNotebook(["1;", source], async (path) => {
      const failure = failureOf(await executeFile(path, { root }));
      assertEquals(failure.cell, 2);
      assertStringIncludes(failure.problem, problem);
    }, { 1: ["raises-exception"] });
  }
});

Deno.test("an error or an end that comes after the last cell is the last cell's", async () => {
  for (
    const [source, problem] of [
      ['setTimeout(() => {\n  throw new Error("late");\n}, 300);\n1;', "Error: late"],
      [
        '(async () => {\n  await new Promise((r) => setTimeout(r, 50));\n  await new Promise((r) => setTimeout(r, 50));\n  throw new Error("late");\n})();\n1;',
        "Error: late",
      ],
      ["setTimeout(() => Deno.exit(0), 50);\n1;", "the kernel died with exit code 0"],
    ]
  ) {
    await withNotebook(["1;", source], async (path) => {
      const failure = failureOf(await executeFile(path, { root }));
      assertEquals(failure.cell, 2);
      assertStringIncludes(failure.problem, problem);
    });
  }
});

Deno.test("--check names claims and outputs that differ, and writes nothing", async () => {
  await withNotebook(['console.log("a");', CLAIM], async (path) => {
    await executeFile(path, { root });
    const edited = (await Deno.readTextFile(path)).replace('"measured": "4"', '"measured": "5"')
      .replace('"a\\n"', '"b\\n"');
    await Deno.writeTextFile(path, edited);
    assertEquals(await executeFile(path, { root, check: true }), {
      status: "stale",
      differences: [
        'cell 1: stale outputs: output 1, text: committed "b\\n", now "a\\n"',
        'cell 2: claim, row "sum", measured: committed "5", now "4"',
      ],
    });
    assertEquals(await Deno.readTextFile(path), edited);
  });
});

Deno.test("a claim that does not hold fails its cell", async () => {
  await withNotebook([CLAIM.replace("2 + 2", "2 + 3")], async (path) => {
    const failure = failureOf(await executeFile(path, { root }));
    assertMatch(failure.problem, /^ClaimError: The notebook states "reproduced"/);
  });
});

Deno.test("deno task notebooks ends mistakes with one line and exit code 2", async () => {
  for (
    const words of [["--nope"], ["no-such-notebook"], ["--timeout", "-1"], ["--check", "--types"]]
  ) {
    const { code, text } = await deno("task", "--quiet", "notebooks", ...words);
    assertEquals([code, text.trim().split("\n").length], [2, 1], text);
    assertMatch(text, /^notebooks: /);
  }
  const help = await deno("task", "--quiet", "notebooks", "--help");
  assertEquals(help.code, 0);
  assertStringIncludes(help.text, "--check");
});

function failureOf(result: FileResult) {
  assert(result.status === "failed", `expected a failing cell, got ${JSON.stringify(result)}`);
  return result.failure;
}

/** The outputs of each cell of the file. */
async function outputsOf(path: string): Promise<Output[][]> {
  const { cells } = parseNotebook(await Deno.readTextFile(path), path);
  return cells.map((cell) => cell.outputs ?? []);
}

async function deno(...args: string[]): Promise<{ code: number; text: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: root,
    env: { NO_COLOR: "1" },
  }).output();
  return { code, text: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
}
