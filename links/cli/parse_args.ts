import { parseArgs as nodeParseArgs } from "node:util";
import type { Args, Flags, ParseOptions } from "./types.ts";

export type { Args, ParseOptions } from "./types.ts";

type Value = string | number | boolean;

/**
 * Reads command-line arguments into one record; the flags' types follow the options.
 *
 * `--flag value`, `--flag=value`, `--flag`, `-f value`, `-abc` (three flags), `-n5`. A word that starts
 * with `-` is never taken as the value of the flag before it: write `--flag=-1`. Names with dots
 * stay flat, where the original nests them.
 *
 * @example
 * ```ts
 * import { parseArgs } from "@std/cli/parse-args";
 * const args = parseArgs(["--seed", "3", "-h"], {
 *   boolean: ["help"],
 *   string: ["seed"],
 *   default: { seed: "0" },
 *   alias: { help: "h" },
 * });
 * console.log(args.seed, args.help); // "3" true
 * ```
 */
export function parseArgs<
  B extends string | boolean = never,
  S extends string = never,
  C extends string = never,
  N extends string = never,
  // deno-lint-ignore ban-types -- no defaults, no aliases: no keys
  D extends Record<string, unknown> = {},
  // deno-lint-ignore ban-types
  const A extends Record<string, string | readonly string[]> = {},
  T extends boolean = false,
>(
  args: readonly string[],
  options: ParseOptions<B, S, C, N, D, A, T> = {},
): Args<Flags<B, S, C, N, D, A>, T> {
  const alias = aliases(options.alias ?? {});
  const named = (names: unknown) =>
    new Set(list(names).flatMap((name) => [name, ...alias.get(name) ?? []]));
  const booleans = named(options.boolean);
  const strings = named(options.string);
  const collected = named(options.collect);
  const negatable = named(options.negatable);
  const known = new Set([...booleans, ...strings, ...collected, ...alias.keys()]);
  const unknown = options.unknown ?? (() => true);
  const flags = new Map<string, unknown>();
  const positionals: (string | number)[] = [];

  function store(key: string, value: unknown, collect: boolean): void {
    for (const name of [key, ...alias.get(key) ?? []]) {
      flags.set(
        name,
        collect && collected.has(key) ? [...list(flags.get(name)), value] : value,
      );
    }
  }

  function flag(key: string, value: Value, arg: string, collect = true): void {
    const free = !known.has(key) && !(options.boolean === true && /^--[^=]+$/.test(arg));
    if (free && unknown(arg, key, value) === false) return;
    const plain = typeof value === "string" && !strings.has(key) ? numeric(value) : value;
    store(key, plain, collect);
  }

  /** Sets a flag that has no value of its own; whether it took `next` for one. */
  function bare(key: string, arg: string, next: string | undefined, all: boolean): boolean {
    const wantsNone = booleans.has(key) || all;
    const truth = wantsNone && (next === "true" || next === "false");
    const taken = truth || (!wantsNone && !!next && !looksLikeFlag(next, arg));
    const absent = strings.has(key) ? "" : true;
    flag(key, truth ? next === "true" : taken ? next! : absent, arg);
    return taken;
  }

  function short(arg: string, next: string | undefined): boolean {
    for (let j = 1; j < arg.length - 1; j++) {
      const [key, rest] = [arg[j], arg.slice(j + 1)];
      if (/^\W/.test(rest) || (/[A-Za-z]/.test(key) && /^\d/.test(rest))) {
        flag(key, rest.replace(/^=/, ""), arg);
        return false;
      }
      flag(key, strings.has(key) ? "" : true, arg);
    }
    return bare(arg.at(-1)!, arg, next, false);
  }

  const end = args.indexOf("--");
  const before = args.slice(0, end < 0 ? args.length : end);
  const after = end < 0 ? [] : args.slice(end + 1);
  const { tokens } = nodeParseArgs({ args: before, strict: false, tokens: true });
  let done = -1;
  for (const token of tokens) {
    if (token.index <= done) continue;
    done = token.index;
    const [arg, next] = [before[done], before[done + 1]];
    if (token.kind !== "option") {
      if (unknown(arg) !== false) positionals.push(strings.has("_") ? arg : numeric(arg));
      if (!options.stopEarly) continue;
      positionals.push(...before.slice(done + 1));
      break;
    }
    const positive = token.name.replace(/^no-/, "");
    if (!arg.startsWith("--")) done += short(arg, next) ? 1 : 0;
    else if (token.value !== undefined) {
      const value = String(token.value);
      flag(token.name, booleans.has(token.name) ? value !== "false" : value, arg);
    } else if (positive !== token.name && negatable.has(positive)) {
      flag(positive, false, arg, false);
    } else done += bare(token.name, arg, next, options.boolean === true) ? 1 : 0;
  }

  for (const [key, value] of Object.entries(options.default ?? {})) {
    if (!flags.has(key)) store(key, value, false);
  }
  for (const key of booleans) if (!flags.has(key)) flags.set(key, collected.has(key) ? [] : false);
  for (const key of strings) if (!flags.has(key) && collected.has(key)) flags.set(key, []);
  const rest = options["--"] ? { "--": after } : {};
  if (!options["--"]) positionals.push(...after);
  return { ...Object.fromEntries(flags), _: positionals, ...rest } as never;
}

/** Each name of a flag with all its other names. */
function aliases(
  alias: Readonly<Record<string, string | readonly string[]>>,
): Map<string, string[]> {
  const groups = Object.entries(alias).map(([key, names]) => [key, ...list(names)]);
  return new Map(groups.flatMap((names) => {
    return names.map((name) => [name, names.filter((other) => other !== name)] as const);
  }));
}

function list<T>(value: T | readonly T[] | undefined): string[] {
  if (value === undefined || typeof value === "boolean") return [];
  return (Array.isArray(value) ? value : [value]) as string[];
}

function looksLikeFlag(next: string, arg: string): boolean {
  return arg.startsWith("--") ? next.startsWith("-") : /^--?[^-]/.test(next);
}

function numeric(text: string): string | number {
  return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
}
