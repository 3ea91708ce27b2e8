/** A number: finite, and within its bounds. */
export interface NumberForm {
  /** What kind of form it is. */
  readonly is: "number";
  /** Whether it must be a whole one. */
  readonly whole?: true;
  /** It must be this or more. */
  readonly min?: number;
  /** It must be this or less. */
  readonly max?: number;
  /** It must be greater than this. */
  readonly above?: number;
  /** It must be less than this. */
  readonly below?: number;
}

/** Two numbers [least, most] with min <= least <= most <= max. */
export interface RangeForm {
  /** What kind of form it is. */
  readonly is: "range";
  /** Whether both must be whole numbers. */
  readonly whole?: true;
  /** The least that the first may be. */
  readonly min: number;
  /** The most that the second may be; defaults to no bound. */
  readonly max?: number;
}

/** Any text. */
export interface TextForm {
  /** What kind of form it is. */
  readonly is: "text";
  /** Whether it must have a character. */
  readonly notEmpty?: true;
}

/** True or false. */
export interface FlagForm {
  /** What kind of form it is. */
  readonly is: "flag";
}

/** One of a few words. */
export interface ChoiceForm<T> {
  /** What kind of form it is. */
  readonly is: "choice";
  /** The words. */
  readonly of: readonly T[];
}

/** A list of values of one form. */
export interface ListForm<T> {
  /** What kind of form it is. */
  readonly is: "list";
  /** The form of each value. */
  readonly of: Form<T>;
  /** How many there are at least; defaults to 0. */
  readonly least?: number;
}

/** An object with these keys and no others. */
export interface RecordForm<T> {
  /** What kind of form it is. */
  readonly is: "record";
  /** The form of each key. */
  readonly fields: Fields<T>;
}

/** An object whose `kind` decides which other keys it has. */
export interface VariantsForm<T> {
  /** What kind of form it is. */
  readonly is: "variants";
  /** The other keys of every kind. */
  readonly of: { readonly [K in KindOf<T>]: Fields<Omit<VariantAt<T, K>, "kind">> };
}

/** The form of every key of T: a key that one of both forgets is an error of types. */
export type Fields<T> = {
  readonly [K in keyof T]-?: Record<never, never> extends Pick<T, K>
    ? Optional<Form<Required<T>[K]>>
    : Form<T[K]>;
};

/** A form whose value may be left out. */
export type Optional<F> = F & { readonly optional: true };

/**
 * What a plain JSON value of type T must look like, as data: {@link requireForm} holds a value
 * against it. It is derived from the type, so that types and checks cannot drift apart.
 *
 * @example
 * ```ts
 * import { type Form, optional, requireForm, whole } from "lib/form/mod.ts";
 * import { assertThrows } from "@std/assert";
 *
 * const form: Form<{ hidden: number; layers?: number }> = {
 *   is: "record",
 *   fields: { hidden: whole({ min: 1 }), layers: optional(whole({ min: 1 })) },
 * };
 * requireForm("Cannot build a model", form, { hidden: 3 });
 * assertThrows(
 *   () => requireForm("Cannot build a model", form, { hiden: 3 }),
 *   TypeError,
 *   'Cannot build a model as "hiden" is no key of it: did you mean "hidden"?',
 * );
 * ```
 */
export type Form<T> = [T] extends [boolean] ? FlagForm
  : [T] extends [number] ? NumberForm
  : [T] extends [string] ? (string extends T ? TextForm : ChoiceForm<T>)
  : [T] extends [readonly [number, number]] ? RangeForm
  : [T] extends [readonly (infer U)[]] ? ListForm<U>
  : [T] extends [{ readonly kind: string }] ? VariantsForm<T>
  : RecordForm<T>;

/** The kinds of a union of objects. */
export type KindOf<T> = T extends { readonly kind: infer K extends string } ? K : never;
/** The object of one kind in a union of objects. */
export type VariantAt<T, K> = T extends { readonly kind: infer All } ? K extends All ? T : never
  : never;

/** A form whose value may be left out, or be `undefined`. */
export function optional<F>(form: F): Optional<F> {
  return { ...form, optional: true };
}

/** A finite number. */
export function number(bounds: Omit<NumberForm, "is" | "whole"> = {}): NumberForm {
  return { is: "number", ...bounds };
}

/** A whole number. */
export function whole(bounds: Omit<NumberForm, "is" | "whole"> = {}): NumberForm {
  return { is: "number", whole: true, ...bounds };
}

/** True or false. */
export const flag: FlagForm = { is: "flag" };
