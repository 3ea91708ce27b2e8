import { type ReadableStore, readSweep } from "../../experiments/mod.ts";
import { type BoundaryErrors, boundaryErrors } from "../../metrics/mod.ts";
import { digits, type Speaker, speakers } from "./sweep.ts";

/** A word of a recording, as `bench/librivox.ts` stores it: milliseconds from the start. */
export interface PlacedWord {
  readonly word: string;
  readonly found: readonly [start: number, end: number];
  readonly reference: readonly [start: number, end: number];
}

/** Recordings of people with both alignments of their words. */
export interface Recordings {
  readonly source: string;
  readonly recordings: readonly {
    readonly name: string;
    readonly seconds: number;
    readonly words: readonly PlacedWord[];
  }[];
}

/** Errors of one speaker's digits, or of words. */
export interface Results {
  /** Of all words of all recordings. */
  readonly words: BoundaryErrors;
  /** Of each recording. */
  readonly byRecording: readonly BoundaryErrors[];
  /** How far each word begins and ends from the reference, milliseconds; below 0 is too early. */
  readonly offBy: readonly (readonly {
    readonly word: string;
    readonly onset: number;
    readonly offset: number;
  }[])[];
  /** Errors a digit: of speakers who were trained on, and of the one who was not. */
  readonly digits: Readonly<Record<Speaker, { readonly known: number; readonly unseen: number }>>;
}

/**
 * Reads the study's results from the store of `results/`.
 *
 * @throws {MissingRunError} If a run is not there.
 */
export async function results(store: ReadableStore): Promise<Results> {
  const recordings = await store.document("librivox") as Recordings;
  const runs = await readSweep(store, "digits", digits);
  return {
    ...placed(recordings),
    digits: Object.fromEntries(speakers.map((speaker) => {
      const { rows } = runs.find(({ key }) => key.unseen === speaker)!.run;
      const [known, unseen] = rows.slice(-2); // dev, then test
      return [speaker, { known: known.per, unseen: unseen.per }];
    })) as Results["digits"],
  };
}

/** Errors of words that were placed twice. */
export function placed({ recordings }: Recordings): Omit<Results, "digits"> {
  const interval = ([start, end]: readonly [number, number]) => ({ start, end });
  const errorsOf = (words: readonly PlacedWord[]) =>
    boundaryErrors(
      words.map(({ found }) => interval(found)),
      words.map(({ reference }) => interval(reference)),
    );
  return {
    words: errorsOf(recordings.flatMap(({ words }) => words)),
    byRecording: recordings.map(({ words }) => errorsOf(words)),
    offBy: recordings.map(({ words }) =>
      words.map(({ word, found, reference }) => ({
        word,
        onset: found[0] - reference[0],
        offset: found[1] - reference[1],
      }))
    ),
  };
}
