/**
 * Fills the README's blocks of figures from the runs in results/ and the executed notebooks.
 *
 * A block is what stands between `<!-- figures: NAME -->` and `<!-- end -->`.
 *
 * @module
 */
import {
  headlineTable,
  markdownTable,
  perTable,
  type Run,
  runStore,
  type TableRow,
  writeUpExperiment,
} from "lib/experiments/mod.ts";
import { sampledErrors, tinyGradcheck } from "lib/studies/gradients/mod.ts";
import { type Claim, CLAIM_MIME } from "lib/jupyter/mod.ts";
import { formatValue } from "lib/jupyter/format.ts";
import { flag, parseOptions } from "./args.ts";

const README = "README.md";
const BLOCK = /(<!-- figures: (\S+) -->\n)[\s\S]*?(<!-- end -->)/g;

/**
 * The text with every block filled anew.
 *
 * @throws {RangeError} If a block's name is not among `blocks`, or one of `blocks` has no place.
 */
export function fillBlocks(text: string, blocks: Readonly<Record<string, string>>): string {
  const missing = new Set(Object.keys(blocks));
  const filled = text.replace(BLOCK, (_, start, name, end) => {
    if (blocks[name] === undefined) {
      const known = Object.keys(blocks).join(", ");
      throw new RangeError(`Cannot fill the block "${name}": expected one of ${known}`);
    }
    missing.delete(name);
    return `${start}\n${blocks[name]}\n\n${end}`;
  });
  if (missing.size > 0) {
    throw new RangeError(`Cannot fill "${[...missing].join('", "')}": there is no such block`);
  }
  return filled;
}

/** Decimal numbers in prose: outside blocks, code, links and the names of versions. */
export function looseNumbers(text: string): string[] {
  const prose = text.replace(BLOCK, "").replace(/```[\s\S]*?```|`[^`]*`|\]\([^)]*\)/g, "");
  return prose.match(/\d+\.\d+|\d+\s?(?:×|%|ms|s|seconds|minutes)(?!\w)/g) ?? [];
}

async function blocksFromResults(): Promise<Record<string, string>> {
  const runs = await writeUpRuns();
  return {
    headline: markdownTable(headlineTable(runs)),
    per: markdownTable(perTable(runs)),
    gradcheck: markdownTable(gradcheckTable()),
    ...await claimBlocks(),
  };
}

/** What the executed notebooks claim: one line per notebook, and one per figure compared. */
async function claimBlocks(): Promise<Record<string, string>> {
  const notebooks: TableRow[] = [];
  const figures: TableRow[] = [];
  const names = [...Deno.readDirSync("notebooks")].map((entry) => entry.name);
  for (const name of names.filter((name) => /^\d.*\.ipynb$/.test(name)).sort()) {
    const claims = claimsOf(JSON.parse(await Deno.readTextFile(`notebooks/${name}`)));
    if (claims.length === 0) throw new Error(`notebooks/${name} has no executed claim cell`);
    const notebook = `[${name.slice(0, 2)}](notebooks/${name})`;
    for (const { title, source, verdict, rows } of claims) {
      notebooks.push({ notebook, claim: title, source, verdict });
      for (const { what, expected, measured, verdict } of rows) {
        const texts = { expected: formatValue(expected), measured: formatValue(measured) };
        figures.push({ notebook, what, ...texts, verdict });
      }
    }
  }
  return { notebooks: markdownTable(notebooks), claims: markdownTable(figures) };
}

interface Executed {
  readonly cells: readonly {
    readonly outputs?: readonly { readonly data?: Readonly<Record<string, unknown>> }[];
  }[];
}

function claimsOf(notebook: Executed): Claim[] {
  return notebook.cells.flatMap((cell) => cell.outputs ?? [])
    .map((output) => output.data?.[CLAIM_MIME] as Claim | undefined)
    .filter((claim) => claim !== undefined);
}

async function writeUpRuns(): Promise<Run[]> {
  const store = runStore("results");
  const experiments = (["blstm", "lstm"] as const).flatMap((kind) =>
    [0, 1, 2, 3, 4].map((seed) => writeUpExperiment(kind, seed, { fineEvery: 10 }))
  );
  return await Promise.all(experiments.map(async (experiment) => {
    const run = await store.read(experiment);
    if (run === undefined) {
      throw new Error(`results/ has no run of ${experiment.name}: run "deno task reproduce" first`);
    }
    return run;
  }));
}

function gradcheckTable(): TableRow[] {
  return (["blstm", "lstm"] as const).map((kind) => {
    const { sampled, complete } = tinyGradcheck(kind);
    const cell = ({ maxRelativeError, checked }: { maxRelativeError: number; checked: number }) =>
      `${maxRelativeError.toExponential(2)} (${checked})`;
    return {
      "largest relative error (entries)": kind.toUpperCase(),
      "write-up, sample": cell(sampledErrors[kind]),
      "ours, same kind of sample": cell(sampled),
      "ours, every weight and input": cell(complete),
    };
  });
}

if (import.meta.main) {
  const { check } = parseOptions("readme", "Fills the README's figures from results/.", {
    check: flag({ help: "write nothing; fail if a figure is not the one in results/" }),
  });
  const text = await Deno.readTextFile(README);
  const filled = fillBlocks(text, await blocksFromResults());
  const loose = looseNumbers(text);
  if (loose.length > 0) {
    console.error(`readme: figures outside a block of results: ${loose.join(", ")}`);
    Deno.exit(1);
  }
  if (!check) await Deno.writeTextFile(README, filled);
  else if (filled !== text) {
    console.error('readme: a figure is not the one in results/: run "deno task readme"');
    Deno.exit(1);
  }
}
