import { fold39 } from "./corpora.ts";
import type { Hearing } from "./hearing.ts";
import type { ReadWord } from "./read_text.ts";

/**
 * The labels of a model that a word is made of: its phones, each as the model calls it, with the
 * closures of stops where the model tells them apart; or the words or characters that are said.
 *
 * @returns Numbers of labels, at least one.
 * @throws {RangeError} If the model does not know one of them.
 */
export function wordLabels(
  { text, spoken }: ReadWord,
  { names, unit }: Pick<Hearing, "names" | "unit">,
): number[] {
  const labels = spoken.flatMap(({ label, phones }) => {
    if (unit === "words") return [label];
    if (unit === "characters") return Array.from(label).filter((c) => names.includes(c));
    return phones.flatMap((phone) => calledPhones(phone, names));
  }).map((name) => names.indexOf(name));
  if (labels.length > 0 && !labels.includes(-1) && !labels.includes(0)) return labels;
  const said = spoken.map(({ label, phones }) => unit === "phones" ? phones.join(" ") : label);
  const known = names.slice(1, 13).join(", ") + (names.length > 13 ? ", …" : "");
  throw new RangeError(
    `Cannot align ${JSON.stringify(text)} as the model must know its ${unit}, ` +
      `${JSON.stringify(said.join(" "))}: it knows ${known}`,
  );
}

/** What a model calls a phone of flite; of TIMIT's sets, with the closure before a stop. */
function calledPhones(phone: string, names: readonly string[]): string[] {
  const called = names.includes(phone) ? phone : fold39(phone) ?? phone;
  const stop = { jh: "d", ch: "t" }[phone] ?? phone;
  if (!/^[bdgptk]$/.test(stop)) return [called];
  const closure = [`${stop}cl`, /[bdg]/.test(stop) ? "vcl" : "cl"].find((c) => names.includes(c));
  return closure === undefined ? [called] : [closure, called];
}
