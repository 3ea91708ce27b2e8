import type { ReadableStore } from "../../experiments/mod.ts";
import { readSweep } from "../../experiments/mod.ts";
import { gatherTable, type TableFigures } from "../synthetic_tables/mod.ts";
import { silenceAtStart, startRows } from "./start.ts";
import { sweeps } from "./sweep.ts";

/** What the study found. */
export interface Results {
  /** Table 10. */
  readonly priors: TableFigures<"table-10">;
  /** Table 13. */
  readonly rates: TableFigures<"table-13">;
  /** The share of silence that rows of Table 10 teach before the first step, %. */
  readonly silenceAtStart: Readonly<Record<typeof startRows[number], number>>;
}

/**
 * Reads the study's results from the store of `results/`.
 *
 * @throws {MissingRunError} If a run is not there.
 */
export async function results(store: ReadableStore): Promise<Results> {
  return {
    priors: gatherTable("table-10", await readSweep(store, "table-10", sweeps["table-10"])),
    rates: gatherTable("table-13", await readSweep(store, "table-13", sweeps["table-13"])),
    silenceAtStart: Object.fromEntries(
      startRows.map((row) => [row, silenceAtStart(row)]),
    ) as Results["silenceAtStart"],
  };
}
