import type { BlankDiagnostics } from "../metrics/mod.ts";
import { readRuns } from "./read_runs.ts";
import type { RunStore } from "./store.ts";
import { blankRateDurations, blankRateExperiment } from "./sweeps/mod.ts";

/** The blanks of one corpus of the sweep `blank-rate`, after training. */
export interface BlankDuration {
  readonly name: string;
  /** What the last evaluation of every seed found. */
  readonly rows: readonly BlankDiagnostics[];
  /** Means over seeds. */
  readonly blanks: Pick<BlankDiagnostics, "silence" | "blankInSilence" | "blankInPhones">;
}

/**
 * What blank stands for where phones are short, as in the write-up, and long; BLSTM.
 *
 * @param store The store of `results/`.
 * @throws {MissingRunError} If a run is not there.
 */
export async function blankDurations(
  store: Pick<RunStore, "within">,
  seeds: readonly number[],
): Promise<BlankDuration[]> {
  const durations: BlankDuration[] = [];
  for (const frames of blankRateDurations) {
    const experiments = seeds.map((seed) => blankRateExperiment("blstm", seed, frames));
    const runs = await readRuns(store.within("blank-rate"), experiments, "sweep blank-rate");
    const rows = runs.map((run) => run.rows[run.rows.length - 1].blanks!);
    const mean = (name: "silence" | "blankInSilence" | "blankInPhones") =>
      rows.reduce((sum, row) => sum + row[name], 0) / rows.length;
    durations.push({
      name: `phones of ${frames.join(" to ")} frames`,
      rows,
      blanks: {
        silence: mean("silence"),
        blankInSilence: mean("blankInSilence"),
        blankInPhones: mean("blankInPhones"),
      },
    });
  }
  return durations;
}
