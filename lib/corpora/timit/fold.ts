import { foldPhone, type PhoneSet, timitPhones } from "./phones.ts";
import { timitInventory, type TimitOptions } from "./data_set.ts";

/**
 * How the labels of a data set of TIMIT are folded into a smaller set of phones, as the measure
 * `errors` takes it: what keeps its name is not in it, and "q" has no counterpart.
 *
 * @param to The set that errors are counted with. Defaults to "39".
 *
 * @example
 * ```ts
 * import { timitFold } from "lib/corpora/timit.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const fold = timitFold({ phones: "48", silence: "blank" });
 * assertEquals(fold, [
 *   { from: "ao", to: "aa" },
 *   { from: "ax", to: "ah" },
 *   { from: "el", to: "l" },
 *   { from: "en", to: "n" },
 *   { from: "ix", to: "ih" },
 *   { from: "zh", to: "sh" },
 * ]);
 * ```
 */
export function timitFold(
  { phones = "61", silence = "label" }: Pick<TimitOptions, "phones" | "silence">,
  to: PhoneSet = "39",
): { from: string; to?: string }[] {
  const folds = new Map(
    timitPhones.map((phone) => [foldPhone(phone, phones), foldPhone(phone, to)]),
  );
  return timitInventory(phones, silence).names.slice(1)
    .filter((from) => folds.get(from) !== from)
    .map((from) => ({ from, to: folds.get(from) }));
}
