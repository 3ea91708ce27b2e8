/**
 * The one way every task reads its flags: a declarative spec in, typed options out; anything a person
 * mistypes ends in one line on stderr and exit code 2.
 *
 * @example
 * ```ts
 * import { flag, integer, number, parseOptions, seedRange, text } from "./args.ts";
 *
 * const options = parseOptions("train", "Trains one model on the synthetic phoneme corpus.", {
 *   seed: integer({ default: 0, ...seedRange, help: "seed of corpus, weights and streams" }),
 *   lstm: flag({ help: "one-directional LSTM instead of BLSTM" }),
 *   lr: number({ default: 3e-3, above: 0, help: "Adam learning rate" }),
 *   evalEvery: integer({ default: 100, min: 1, unit: "iterations", help: "evaluate this often" }),
 *   save: text({ placeholder: "FILE", help: "write the weights to this .safetensors file" }),
 * }, ["--seed", "3", "--eval-every=50"]);
 *
 * console.log(options.seed, options.evalEvery, options.save); // 3 50 undefined
 * ```
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { editDistance } from "lib/metrics/edit_distance.ts";
import type { Option, Options, Spec } from "./options.ts";
import { print, READER_GONE } from "./print.ts";

export * from "./options.ts";

/** A person's mistake on the command line; the message is one line: flag, value, what was expected. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Where a task speaks and how it ends; a test brings its own. */
export interface Terminal {
  out(text: string): void;
  err(line: string): void;
  exit(code: number): never;
}

/** The terminal that the task was started in. */
export const terminal: Terminal = {
  out: print,
  err: console.error,
  exit: (code) => Deno.exit(code),
};

/**
 * Reads a task's flags: {@linkcode readOptions} with `--help` (printed on stdout, exit code 0) and
 * usage errors (one line on stderr, exit code 2).
 *
 * @param name What follows `deno task`.
 * @param about What the task does: one sentence.
 */
export function parseOptions<S extends Spec>(
  name: string,
  about: string,
  spec: S,
  args: readonly string[] = Deno.args,
  io: Terminal = terminal,
): Options<S> {
  const end = args.indexOf("--");
  const flags = end < 0 ? args : args.slice(0, end);
  if (flags.includes("--help") || flags.includes("-h")) {
    return io.exit(help(name, usage(name, about, spec), io));
  }
  try {
    return readOptions(spec, args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.err(`${name}: ${error.message} (--help shows all flags)`);
    return io.exit(2);
  }
}

/** Prints the help, and gives the exit code: its reader may have gone away, or a disk be full. */
function help(name: string, text: string, io: Terminal): number {
  try {
    io.out(text);
    return 0;
  } catch (error) {
    if (error instanceof Deno.errors.BrokenPipe) return READER_GONE;
    io.err(`${name}: ${(error as Error).message}`);
    return 1;
  }
}

/**
 * Reads `args` as `spec` says; pure, so it prints nothing and needs no permission.
 *
 * @throws {UsageError} For an unknown flag, a missing, bad or superfluous value, a superfluous word.
 *
 * @example
 * ```ts
 * import { integer, readOptions } from "./args.ts";
 * const { iters } = readOptions({ iters: integer({ default: 1500, min: 1, help: "" }) }, ["--iters=3"]);
 * console.log(iters); // 3
 * ```
 */
export function readOptions<S extends Spec>(spec: S, args: readonly string[]): Options<S> {
  const entries = Object.entries(spec).map(([key, option]) =>
    [key, flagName(key), option] as const
  );
  const named = (kind: Option<unknown>["kind"]) =>
    entries.filter(([, , option]) => option.kind === kind).map(([, name]) => name);
  const names = entries.filter(([, , o]) => o.kind !== "positionals").map(([, name]) => name);
  const byFlag = new Map(entries.map(([, name, option]) => [`--${name}`, option]));
  const parsed = parseArgs(joinValues(args, byFlag), {
    boolean: named("flag"),
    string: ["_", ...named("value")],
    unknown: (arg, key) => key === undefined || unknownFlag(arg, names),
  }) as Readonly<Record<string, unknown>>;

  const words = parsed._ as string[];
  if (words.length && !named("positionals").length) {
    throw new UsageError(`unexpected argument ${quote(words[0])}: expected ${flagList(names)}`);
  }
  const options = entries.map(([key, name, option]) => {
    const given = parsed[name] as string | undefined;
    if (option.kind === "flag") return [key, given];
    if (option.kind === "positionals") {
      return [key, words.map((word) => readWord(option, option.placeholder, word))];
    }
    return [key, given === undefined ? option.default : readWord(option, `--${name}`, given)];
  });
  return Object.fromEntries(options);
}

/** The text of `--help`: every flag with its default and unit. */
export function usage(name: string, about: string, spec: Spec): string {
  const rows = Object.entries(spec).map(([key, option]) => {
    const { kind, placeholder, unit, default: value } = option;
    const left = kind === "positionals" ? `${placeholder}…` : `--${flagName(key)} ${placeholder}`;
    const shown = value === undefined ? unit : `default ${value}${unit ? ` ${unit}` : ""}`;
    return [left, kind === "value" && shown ? `${option.help} (${shown})` : option.help];
  });
  rows.push(["-h, --help", "show this help"]);
  const words = Object.values(spec).find((option) => option.kind === "positionals");
  const width = Math.max(...rows.map(([left]) => left.length));
  return [
    about,
    "",
    `Usage: deno task ${name} [FLAGS]${words ? ` [${words.placeholder}…]` : ""}`,
    "",
    ...rows.map(([left, help]) => `  ${left.padEnd(width)}  ${help}`),
  ].join("\n");
}

/**
 * Joins each flag with its value, `--seed -1` to `--seed=-1`: parseArgs takes no word with a dash for
 * a value, and would not tell a missing value from an empty one.
 */
function joinValues(
  args: readonly string[],
  byFlag: ReadonlyMap<string, Option<unknown>>,
): string[] {
  const joined: string[] = [];
  for (let i = 0; i < args.length; i++) {
    if (args[i] === "--") return [...joined, ...args.slice(i)];
    const [name, ...rest] = args[i].split("=");
    const option = byFlag.get(name);
    if (option?.kind === "flag") {
      if (rest.length) {
        throw new UsageError(`${name} takes no value: remove ${quote(`=${rest.join("=")}`)}`);
      }
      joined.push(`${name}=true`);
    } else if (option?.kind === "value" && !rest.length) {
      const next = args[++i];
      if (next === undefined || /^-(?!$|[\d.])/.test(next)) {
        const found = next === undefined ? "nothing follows it" : `${quote(next)} follows it`;
        throw new UsageError(`${name} needs a value, but ${found}: expected ${option.expects}`);
      }
      joined.push(`${name}=${next}`);
    } else joined.push(args[i]);
  }
  return joined;
}

function readWord(option: Option<unknown>, name: string, word: string): unknown {
  const value = option.read(word);
  if (value !== undefined) return value;
  throw new UsageError(`${name} cannot be ${quote(word)}: expected ${option.expects}`);
}

function unknownFlag(arg: string, names: readonly string[]): never {
  const typed = arg.replace(/=.*/s, "");
  const flags = [...names, "help"].map((name) => `--${name}`);
  const distance = (flag: string) => editDistance(codes(typed), codes(flag));
  const close = (flag: string) => distance(flag) <= Math.ceil((flag.length - 2) / 3);
  const near = flags.filter(close).sort((a, b) => distance(a) - distance(b))[0] ??
    flags.find((flag) => typed.length > 2 && flag.startsWith(typed));
  const hint = near ? `did you mean ${near}?` : `expected ${flagList(names)}`;
  throw new UsageError(`unknown flag ${quote(arg)}: ${hint}`);
}

function codes(word: string): number[] {
  return Array.from(word, (letter) => letter.codePointAt(0)!);
}

function flagList(names: readonly string[]): string {
  return names.length ? names.map((name) => `--${name}`).join(", ") : "no flags";
}

/** The word as one line, whatever is in it. */
function quote(word: string): string {
  return JSON.stringify(word);
}

/** `evalEvery` → `eval-every`. */
function flagName(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
