import type {
  ChoiceForm,
  FlagForm,
  Form,
  ListForm,
  NumberForm,
  Optional,
  RangeForm,
  RecordForm,
  TextForm,
  VariantsForm,
} from "./form.ts";
import { nearest } from "./nearest.ts";

/** Any form, as the checker sees it. */
type AnyForm =
  | NumberForm
  | RangeForm
  | TextForm
  | FlagForm
  | ChoiceForm<string>
  | ListForm<unknown>
  | RecordForm<Record<string, unknown>>
  | VariantsForm<{ kind: string }>;
type AnyFields = Readonly<Record<string, AnyForm | Optional<AnyForm>>>;

/**
 * Checks that a value has a form, down to its last key.
 *
 * @param what Begins the message, such as "Cannot train".
 * @param place What the value is called, for the message; defaults to nothing, where its keys are
 * called by their own names.
 * @throws {TypeError} If something is of another type, a key is missing, or there is one that
 * nobody knows; the message names the nearest key.
 * @throws {RangeError} If a value is out of its bounds, or none of those to choose from.
 */
export function requireForm<T>(
  what: string,
  form: Form<T>,
  value: unknown,
  place = "",
): asserts value is T {
  check(what, form as AnyForm, value, place);
}

function check(what: string, form: AnyForm, value: unknown, place: string): void {
  const name = place === "" ? "it" : place;
  const must = (error: typeof TypeError | typeof RangeError): never => {
    const found = value === undefined
      ? "it is missing"
      : form.is === "choice"
      ? `it is ${shown(value)}`
      : `current value is ${shown(value)}`;
    throw new error(`${what} as ${name} must be ${expected(form)}: ${found}`);
  };
  switch (form.is) {
    case "number":
      if (typeof value !== "number") must(TypeError);
      else if (!withinBounds(value, form)) must(RangeError);
      return;
    case "range": {
      if (!Array.isArray(value) || value.length !== 2) return must(TypeError);
      const [least, most] = value;
      if (typeof least !== "number" || typeof most !== "number") return must(TypeError);
      if (least <= most && withinBounds(least, form) && withinBounds(most, form)) return;
      throw new RangeError(
        `${what} as ${name} must be ${expected(form)}: current values are ${least} and ${most}`,
      );
    }
    case "text":
      if (typeof value !== "string") must(TypeError);
      else if (form.notEmpty && value === "") must(RangeError);
      return;
    case "flag":
      if (typeof value !== "boolean") must(TypeError);
      return;
    case "choice":
      if (typeof value !== "string") must(TypeError);
      else if (!form.of.includes(value)) must(RangeError);
      return;
    case "list":
      if (!Array.isArray(value)) return must(TypeError);
      if (value.length < (form.least ?? 0)) must(RangeError);
      for (let n = 0; n < value.length; n++) {
        check(what, form.of as AnyForm, value[n], `${place}[${n}]`);
      }
      return;
    case "record":
      if (!isRecord(value)) return must(TypeError);
      checkFields(what, form.fields as AnyFields, value, place);
      return;
    case "variants": {
      if (!isRecord(value)) return must(TypeError);
      const { kind, ...rest } = value;
      check(what, { is: "choice", of: Object.keys(form.of) }, kind, within(place, "kind"));
      checkFields(what, form.of[kind as string] as AnyFields, rest, place, ["kind"]);
    }
  }
}

/** Checks the keys of an object; `besides` are those that were checked already. */
function checkFields(
  what: string,
  fields: AnyFields,
  value: Readonly<Record<string, unknown>>,
  place: string,
  besides: readonly string[] = [],
): void {
  for (const key of Object.keys(value)) {
    if (Object.hasOwn(fields, key)) continue;
    const known = [...besides, ...Object.keys(fields)];
    const meant = nearest(key, known);
    throw new TypeError(
      `${what} as ${shown(key)} is no key of ${place === "" ? "it" : place}: ` +
        (meant === undefined ? `known are ${quoted(known)}` : `did you mean "${meant}"?`),
    );
  }
  for (const [key, form] of Object.entries(fields)) {
    if (value[key] === undefined && "optional" in form) continue;
    check(what, form, value[key], within(place, key));
  }
}

function within(place: string, key: string): string {
  return place === "" ? key : `${place}.${key}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function withinBounds(
  value: number,
  { whole, min = -Infinity, max = Infinity, above = -Infinity, below = Infinity }: Omit<
    NumberForm,
    "is"
  >,
): boolean {
  const ofKind = whole ? Number.isSafeInteger(value) : Number.isFinite(value);
  return ofKind && value >= min && value <= max && value > above && value < below;
}

/** What a good value is, to follow "must be". */
function expected(form: AnyForm): string {
  switch (form.is) {
    case "number":
      return form.whole ? `a whole number${bounds(form)}` : bounds(form).trim() || "finite";
    case "range": {
      const most = form.max === undefined ? "" : ` <= ${form.max}`;
      return `${form.whole ? "whole " : ""}numbers ${form.min} <= least <= most${most}`;
    }
    case "text":
      return form.notEmpty ? "text, not empty" : "text";
    case "flag":
      return "true or false";
    case "choice":
      return quoted(form.of);
    case "list":
      return form.least === undefined ? "a list" : `a list of at least ${form.least}`;
    case "record":
      return `an object with the keys ${quoted(Object.keys(form.fields))}`;
    case "variants":
      return `an object of the kind ${quoted(Object.keys(form.of))}`;
  }
}

function bounds({ min, max, above, below }: NumberForm): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  if (min !== undefined && below !== undefined) return ` from ${min} to below ${below}`;
  if (above !== undefined && max !== undefined) return ` above ${above} and at most ${max}`;
  if (min !== undefined) return ` >= ${min}`;
  return above === undefined ? "" : ` > ${above}`;
}

/** "a", "b" or "c" */
function quoted(words: readonly string[]): string {
  const all = words.map((word) => `"${word}"`);
  return all.length < 2 ? all.join() : `${all.slice(0, -1).join(", ")} or ${all.at(-1)}`;
}

/** A value as a message shows it: short, and what JSON does not know by its type or as it is. */
function shown(value: unknown): string {
  if (typeof value !== "string" && typeof value !== "object") return String(value);
  let text: string;
  try {
    text = JSON.stringify(value, (_, v) => typeof v === "bigint" ? String(v) : v);
  } catch { // an object that holds itself
    text = String(value);
  }
  return text.length <= 80 ? text : `${text.slice(0, 77)}…`;
}
