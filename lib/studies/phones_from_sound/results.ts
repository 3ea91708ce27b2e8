import { type KeyedRun, type ReadableStore, readSweep, type Run } from "../../experiments/mod.ts";
import type { EvaluationRow } from "../../training/mod.ts";
import { allVoices, type VoiceName } from "../speech_setup/mod.ts";
import { type Key, type Reader, readers, sweep } from "./sweep.ts";

/** Who is heard: new sentences of the voices trained on, and of the voice left out. */
export const parts = ["same", "unseen"] as const;

/** One of {@linkcode parts}. */
export type Part = typeof parts[number];

/** Errors of one way to decode, as shares of all phones that were said. */
export interface Shares {
  /** Phones heard as another. */
  readonly substitutions: number;
  /** Phones not heard. */
  readonly deletions: number;
  /** Phones heard where there was none. */
  readonly insertions: number;
  /** All of them: the phoneme error rate. */
  readonly per: number;
}

/** What one evaluation found. */
export interface Point {
  readonly iter: number;
  /** Of the best path. */
  readonly best: Shares;
  /** Of beam search, see {@linkcode BEAM}. */
  readonly beam: Shares;
  /** Share of frames whose likeliest label is blank. */
  readonly blankRate: number;
  /** Mean frames of a spike; missing where there is none. */
  readonly spikeWidth?: number;
}

/** The evaluations of one training, in order, of each part. */
export type Course = Readonly<Record<Part, readonly Point[]>>;

/** What the sweep came to. */
export interface Results {
  /** Without awb: one course a seed. */
  readonly seeds: Readonly<Record<Reader, readonly Course[]>>;
  /** The BLSTM of the first seed without each voice. */
  readonly folds: Readonly<Record<VoiceName, Course>>;
}

/**
 * Reads the study's results from the store of `results/`.
 *
 * @throws {MissingRunError} If a run is not there.
 */
export async function results(store: ReadableStore): Promise<Results> {
  return gather(await readSweep(store, "phones-from-sound", sweep));
}

/** Puts runs in order, by reader and seed, and by the voice that is not heard. */
export function gather(runs: readonly KeyedRun<Key>[]): Results {
  const of = (wanted: Partial<Key>) =>
    runs.filter(({ key }) => Object.entries(wanted).every(([name, value]) => key[name] === value))
      .map(({ run }) => courseOf(run));
  return {
    seeds: Object.fromEntries(
      readers.map((reader) => [reader, of({ reader, unseen: "awb" })]),
    ) as unknown as Results["seeds"],
    folds: Object.fromEntries(
      allVoices.map((unseen) => [unseen, of({ reader: "blstm", unseen })[0]]),
    ) as unknown as Results["folds"],
  };
}

/** The last evaluation of each course. */
export function last(courses: readonly Course[], part: Part): Point[] {
  return courses.map((course) => course[part].at(-1)!);
}

/** Both grids have a row at the same steps: first that of the same voices, then the other's. */
function courseOf({ rows }: Run): Course {
  const of = (part: Part) =>
    rows.filter((_, n) => n % parts.length === parts.indexOf(part)).map(pointOf);
  return { same: of("same"), unseen: of("unseen") };
}

function pointOf({ iter, errors, blanks }: EvaluationRow): Point {
  const [best, beam] = errors!.map((counts): Shares => {
    const { substitutions, deletions, insertions, per } = counts;
    const share = (count: number) => per * count / (substitutions + deletions + insertions);
    return {
      substitutions: share(substitutions),
      deletions: share(deletions),
      insertions: share(insertions),
      per,
    };
  });
  const { blankRate, spikeWidth } = blanks!;
  return { iter, best, beam, blankRate, spikeWidth };
}
