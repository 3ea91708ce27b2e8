/**
 * The kinds of option a task can declare; `tasks/args.ts` reads them.
 *
 * @module
 */
import { isDecimal } from "lib/form/decimal.ts";
import { largestSeed } from "lib/training/experiment.ts";

/** One flag, or the positionals: what it takes, what it is when absent, and its line of help. */
export interface Option<T> {
  readonly kind: "flag" | "value" | "positionals";
  /** What one word stands for; `undefined` when it is no good. */
  readonly read: (word: string) => unknown;
  /** What a good word is, to follow "expected". */
  readonly expects: string;
  /** The option's value when absent. */
  readonly default: T;
  readonly placeholder: string;
  readonly unit?: string;
  readonly help: string;
}

/** A task's options by their camelCase names; a person types `evalEvery` as `--eval-every`. */
export type Spec = Readonly<Record<string, Option<unknown>>>;

/** The values a spec promises. */
export type Options<S extends Spec> = { [K in keyof S]: S[K] extends Option<infer T> ? T : never };

/** What every flag with a value may say. */
export interface Described<D> {
  /** Its value when absent; defaults to `undefined`. */
  default?: D;
  /** Its line of `--help`. */
  help: string;
  /** What it counts, "iterations": shown after the default. */
  unit?: string;
  /** What stands for the value in `--help`; defaults to what the kind suggests. */
  placeholder?: string;
}

/** Bounds of a number, each open by default. */
export interface Bounds {
  min?: number;
  max?: number;
  /** The number must be greater than this. */
  above?: number;
}

/** The seeds that an experiment can have. */
export const seedRange = { min: 0, max: largestSeed } as const;

/** The largest score that a person may add or multiply by: far beyond any log-probability. */
export const largestScore = 1e6;

/** The most sequences that one run draws: a minute of work. */
export const mostSequences = 100_000;

/** The most workers of a pool: each is a thread with a heap of its own. */
export const mostWorkers = 256;

/** A flag without a value, false when absent. */
export function flag({ help }: { help: string }): Option<boolean> {
  return { kind: "flag", read: Boolean, expects: "", default: false, placeholder: "", help };
}

/** A flag with a value of any kind; `read` returns `undefined` for a word that is no good. */
export function value<T, D extends T | undefined = undefined>(
  spec: Described<D> & { read: (word: string) => T | undefined; expects: string },
): Option<T | D> {
  return { placeholder: "VALUE", ...spec, kind: "value", default: spec.default as D };
}

/** A whole number in decimal digits. */
export function integer<D extends number | undefined = undefined>(
  spec: Described<D> & Bounds,
): Option<number | D> {
  const expects = `an integer${bounds(spec)}`;
  return value({ placeholder: "N", ...spec, expects, read: (word) => readInteger(word, spec) });
}

/** Different whole numbers with commas between: `0,1,4`. */
export function integers<D extends readonly number[] | undefined = undefined>(
  spec: Described<D> & Bounds,
): Option<readonly number[] | D> {
  const read = (word: string): readonly number[] | undefined => {
    const numbers = word.split(",").map((item) => readInteger(item.trim(), spec));
    const good = numbers.filter((n) => n !== undefined);
    return new Set(good).size === numbers.length ? good : undefined;
  };
  const expects = `different integers${bounds(spec)}, separated by commas`;
  return value({ placeholder: "N,N,…", ...spec, expects, read });
}

/** A finite number, `0.003` or `3e-3`. */
export function number<D extends number | undefined = undefined>(
  spec: Described<D> & Bounds,
): Option<number | D> {
  const read = (word: string) => isDecimal(word) ? within(Number(word), spec) : undefined;
  return value({ placeholder: "X", ...spec, expects: `a number${bounds(spec)}`, read });
}

/** Text that is not empty, most often a file name. */
export function text<D extends string | undefined = undefined>(
  spec: Described<D>,
): Option<string | D> {
  const { placeholder = "TEXT" } = spec;
  const expects = `${placeholder}, not empty`;
  return value({ ...spec, placeholder, expects, read: (word) => word || undefined });
}

/** One of a few words. */
export function choice<const V extends string, D extends NoInfer<V> | undefined = undefined>(
  words: readonly V[],
  spec: Described<D>,
): Option<V | D> {
  const read = (word: string) => words.find((known) => known === word);
  const [known, help] = [words.join(", "), `${spec.help}: ${words.join(", ")}`];
  return value({ placeholder: "NAME", ...spec, help, expects: `one of ${known}`, read });
}

/** The words that belong to no flag, none by default; `words` restricts them to a few. */
export function positionals<const V extends string = string>(
  spec: { placeholder: string; help: string; words?: readonly V[] },
): Option<readonly V[]> {
  const { placeholder, help, words } = spec;
  const read = (
    word: string,
  ) => (words ? words.find((known) => known === word) : word || undefined);
  const expects = words ? `one of ${words.join(", ")}` : `${placeholder}, not empty`;
  return { kind: "positionals", read, expects, default: [], placeholder, help };
}

function readInteger(word: string, range: Bounds): number | undefined {
  const n = /^[+-]?\d+$/.test(word) ? Number(word) : NaN;
  return Number.isSafeInteger(n) ? within(n, range) : undefined;
}

function within(x: number, { min = -Infinity, max = Infinity, above }: Bounds): number | undefined {
  const inside = Number.isFinite(x) && x >= min && x <= max && (above === undefined || x > above);
  return inside ? x + 0 : undefined; // -0 + 0 = 0
}

function bounds({ min, max, above }: Bounds): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  const lower = above === undefined ? min === undefined ? "" : ` >= ${min}` : ` > ${above}`;
  return max === undefined ? lower : `${lower && `${lower} and`} <= ${max}`;
}
