/**
 * Fills the README's blocks of figures from the runs in results/ and the executed notebooks, and
 * writes CLAIMS.md from their claims. It fails where a finding of the README rests on a verdict that
 * is another one now.
 *
 * A block is what stands between `<!-- figures: NAME -->` and `<!-- end -->`.
 *
 * @module
 */
import { markdownTable, runStore, type TableRow } from "lib/experiments/mod.ts";
import {
  claimsOf,
  type ExecutedNotebook,
  ledger,
  type LedgerEntry,
  tally,
} from "lib/jupyter/ledger.ts";
import { results } from "lib/studies/write_up/results.ts";
import { headlineTable, perTable } from "lib/studies/write_up/tables.ts";
import { writeWhole } from "lib/write_whole.ts";
import { sampledErrors } from "lib/studies/gradients/published.ts";
import { tinyGradcheck } from "lib/studies/gradients/tiny_gradcheck.ts";
import { flag, parseOptions } from "./args.ts";
import { unsupported } from "./findings.ts";
import { Failure, reasonOf, runTask } from "./run_task.ts";

const README = "README.md";
const CLAIMS = "CLAIMS.md";
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

async function blocksFromResults(
  entries: readonly LedgerEntry[],
): Promise<Record<string, string>> {
  const found = await results(runStore("results"));
  return {
    headline: markdownTable(headlineTable(found)),
    per: markdownTable(perTable(found)),
    gradcheck: markdownTable(gradcheckTable()),
    tally: tally(entries),
  };
}

/** Every claim of the executed notebooks. */
async function ledgerEntries(): Promise<LedgerEntry[]> {
  const files = [...Deno.readDirSync("notebooks")].map((entry) => entry.name)
    .filter((file) => /^\d.*\.ipynb$/.test(file)).sort();
  const all = await Promise.all(files.map(async (file) => {
    const claims = claimsOf(await readNotebook(`notebooks/${file}`));
    return claims.map((claim) => ({ file, claim }));
  }));
  return all.flat();
}

async function readNotebook(file: string): Promise<ExecutedNotebook> {
  try {
    const notebook = JSON.parse(await Deno.readTextFile(file));
    if (!Array.isArray(notebook?.cells)) throw new SyntaxError("it has no list of cells");
    return notebook;
  } catch (error) {
    throw new Failure(`${file} cannot be read as a notebook: ${reasonOf(error)}`);
  }
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

if (import.meta.main) await runTask("readme", main);

async function main(): Promise<number> {
  const { check } = parseOptions(
    "readme",
    "Fills the README's figures from results/, and writes CLAIMS.md.",
    {
      check: flag({ help: "write nothing; fail if a figure is not the one in results/" }),
    },
  );
  const text = await Deno.readTextFile(README);
  const entries = await ledgerEntries();
  const filled = fillBlocks(text, await blocksFromResults(entries));
  const loose = looseNumbers(text);
  if (loose.length > 0) {
    console.error(`readme: figures outside a block of results: ${loose.join(", ")}`);
    return 1;
  }
  const stale = unsupported(text, entries);
  for (const fault of stale) console.error(`readme: ${fault}`);
  if (stale.length > 0) return 1;
  for (const [file, wanted] of [[README, filled], [CLAIMS, ledger(entries)]]) {
    if (!check) await writeWhole(file, wanted);
    else if (wanted !== await Deno.readTextFile(file)) {
      console.error(
        `readme: a figure of ${file} is not the one in results/: run "deno task readme"`,
      );
      return 1;
    }
  }
  return 0;
}
