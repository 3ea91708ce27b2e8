type Named<T extends string> = T | readonly T[];

/** Options of `parseArgs`: B, S, C name the booleans, strings and collected flags, D the defaults, A the aliases. */
export interface ParseOptions<
  B extends string | boolean = string | boolean,
  S extends string = string,
  C extends string = string,
  N extends string = string,
  D extends Record<string, unknown> = Record<string, unknown>,
  A extends Record<string, Named<string>> = Record<string, Named<string>>,
  T extends boolean = boolean,
> {
  /** Keep what follows `--` apart, under `"--"`; defaults to false: it joins `_`. */
  "--"?: T;
  /** Other names of a flag. */
  alias?: A;
  /** Flags that take no value and are false when absent; `true` makes every `--flag` without `=` one. */
  boolean?: B | readonly Extract<B, string>[];
  /** Values of absent flags. */
  default?: D;
  /** Whether everything after the first positional is positional too; defaults to false. */
  stopEarly?: boolean;
  /** Flags whose value stays text; `"_"` keeps positionals text. Others turn to numbers where they look like one. */
  string?: Named<S>;
  /** Flags whose values gather in an array; of others the last one counts. */
  collect?: Named<C>;
  /** Flags that `--no-flag` sets to false. */
  negatable?: Named<N>;
  /** Called with each positional (`arg` alone) and each flag not named here; false drops it. */
  unknown?: (arg: string, key?: string, value?: unknown) => unknown;
}

/** What `parseArgs` returns: the flags and, under `_`, the positionals. */
export type Args<
  F extends Record<string, unknown> = Record<string, unknown>,
  T extends boolean | undefined = undefined,
> = Flat<F & { _: Array<string | number> } & (true extends T ? { "--": string[] } : unknown)>;

/** The flags that names, defaults and aliases promise; of any type where nothing is named. */
export type Flags<
  B extends string | boolean,
  S extends string,
  C extends string,
  N extends string,
  D,
  A,
> = [Extract<B, string> | S | C] extends [never]
  // deno-lint-ignore no-explicit-any -- as the original: untyped calls are not checked
  ? Record<string, any>
  :
    & Record<string, unknown>
    & {
      [K in Sure<B, S, C, D> as K | AliasOf<K, A>]:
        | NonNullable<Value<K, B, S, C, N>>
        | (K extends keyof D ? D[K] : never);
    }
    & {
      [K in Exclude<S, Sure<B, S, C, D>> as K | AliasOf<K, A>]?: Value<K, B, S, C, N>;
    };

/** Names always present: booleans, collected ones, and those with a default. */
type Sure<B, S, C, D> =
  | Extract<B | C, string>
  | Extract<S, keyof D>;

type Value<K, B, S, C, N> =
  | Listed<K extends B ? boolean : K extends S ? string : unknown, K extends C ? true : false>
  | (K extends N ? false : never);

type Listed<V, Many> = Many extends true ? V[] : V;

type AliasOf<K, A> = K extends keyof A
  ? string extends A[K] ? never : A[K] extends readonly (infer U extends string)[] ? U
  : Extract<A[K], string>
  : never;

type Flat<T> = { [K in keyof T]: T[K] };
