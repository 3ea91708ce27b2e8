/**
 * `deno task notebooks`: executes notebooks in place through Deno's own kernel, or checks them.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { checkNotebooks } from "lib/jupyter/runner/check_types.ts";
import { executeFile } from "lib/jupyter/runner/execute_file.ts";
import { KernelStartError } from "lib/jupyter/runner/kernel.ts";
import type { CellFailure } from "lib/jupyter/runner/run.ts";
import { selectNotebooks } from "lib/jupyter/runner/select.ts";
import { flag, number, parseOptions, positionals } from "./args.ts";

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[/\\]$/, "");

if (import.meta.main) Deno.exit(await main().catch(explain));

/** A file that is no notebook, or a kernel that does not start: one line, no stack. */
function explain(error: unknown): number {
  const expected = error instanceof SyntaxError || error instanceof KernelStartError ||
    Object.values(Deno.errors).some((kind) => error instanceof kind);
  if (!expected) throw error;
  console.error(`notebooks: ${(error as Error).message.trim().replaceAll(/\s*\n\s*/g, "; ")}`);
  return 1;
}

async function main(): Promise<number> {
  const options = parseOptions(
    "notebooks",
    "Executes notebooks/*.ipynb in place through the real Deno kernel.",
    {
      names: positionals({
        placeholder: "NAME",
        help: "begin or part of a file name; all if none",
      }),
      check: flag({ help: "execute, compare with the committed outputs, write nothing" }),
      types: flag({ help: "only type-check the cells, execute nothing" }),
      timeout: number({ default: 120, above: 0, max: 86400, unit: "seconds", help: "per cell" }),
    },
  );
  const files = await listNotebooks();
  let names: string[];
  try {
    if (options.check && options.types) {
      throw new RangeError("--types executes nothing, so that --check has nothing to compare");
    }
    names = selectNotebooks(files, options.names);
  } catch (error) {
    console.error(`notebooks: ${(error as Error).message} (--help shows all flags)`);
    return 2;
  }
  if (names.length === 0) {
    console.error("notebooks: there are none in notebooks/");
    return options.types ? 0 : 1;
  }

  const types = await checkNotebooks(names.map((name) => `${root}/notebooks/${name}`), { root });
  if (!types.ok) {
    console.error(types.text);
    console.error("notebooks: the cells do not type-check; nothing was executed");
    return 1;
  }
  if (options.types) {
    console.error(`notebooks: the cells of ${counted(names.length)} type-check`);
    return 0;
  }
  return await execute(names, options);
}

async function execute(
  names: readonly string[],
  options: { check: boolean; timeout: number },
): Promise<number> {
  const start = performance.now();
  let [changed, stale] = [0, 0];
  for (const name of names) {
    const onStart = (cell: number, cells: number, source: string) => {
      const [line] = source.trim().split("\n");
      const shown = line.length > 60 ? line.slice(0, 59) + "…" : line;
      write(`${name}  ${String(cell).padStart(2)}/${cells}  ${shown.padEnd(60)}  `);
    };
    const onEnd = (seconds: number) => write(`${seconds.toFixed(1).padStart(5)} s\n`);
    const result = await executeFile(`${root}/notebooks/${name}`, {
      root,
      ...options,
      onStart,
      onEnd,
    });
    if (result.status === "failed") {
      report(name, result.failure);
      return 1;
    }
    if (result.status === "stale") {
      stale += 1;
      for (const difference of result.differences) console.error(`${name}, ${difference}`);
      console.error(`If that is right: deno task notebooks ${name.replace(/\.ipynb$/, "")}`);
    } else changed += Number(result.changed);
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const outcome = stale > 0
    ? `${stale} differ from what is committed`
    : options.check
    ? "all as committed"
    : `${changed} changed`;
  console.error(`notebooks: ${counted(names.length)} executed in ${seconds} s, ${outcome}`);
  return stale > 0 ? 1 : 0;
}

function report(name: string, { cell, source, problem, detail }: CellFailure): void {
  console.error(`\n${name}, cell ${cell} failed: ${problem}\n`);
  for (const line of source.split("\n")) console.error(`    ${line}`);
  if (detail) console.error(`\n${detail}`);
  console.error(`\nnotebooks: stopped at ${name}, cell ${cell}; the file is as it was`);
}

async function listNotebooks(): Promise<string[]> {
  const names: string[] = [];
  for await (const entry of Deno.readDir(`${root}/notebooks`)) {
    if (entry.isFile && /^[^.].*\.ipynb$/.test(entry.name)) names.push(entry.name);
  }
  return names;
}

function write(text: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(text));
}

function counted(n: number): string {
  return n === 1 ? "1 notebook" : `${n} notebooks`;
}
