/** TIMIT's phone, its name among 48 and among 39; one name where all three are the same. */
const folded = (
  "aa ae ah ao:ao:aa aw ax:ax:ah ax-h:ax:ah axr:er:er ay b bcl:vcl:sil ch d dcl:vcl:sil dh " +
  "dx eh el:el:l em:m:m en:en:n eng:ng:ng epi:epi:sil er ey f g gcl:vcl:sil h#:sil:sil hh " +
  "hv:hh:hh ih ix:ix:ih iy jh k kcl:cl:sil l m n ng nx:n:n ow oy p pau:sil:sil pcl:cl:sil r " +
  "s sh t tcl:cl:sil th uh uw ux:uw:uw v w y z zh:zh:sh"
).split(" ").map((entry) => {
  const [phone, of48 = phone, of39 = of48] = entry.split(":");
  return [phone, { of48, of39 }] as const;
});

const folds = new Map(folded);

/** The glottal stop, which has no counterpart among 48 and 39. */
const glottalStop = "q";

/** How many phones there are: TIMIT's own, those to train on, or those to count errors of. */
export type PhoneSet = "61" | "48" | "39";

/** The 61 phones of TIMIT's transcripts. */
export const timitPhones: readonly string[] = [...folds.keys(), glottalStop].sort();

/**
 * One of TIMIT's 61 phones among the 39 that errors are counted with: "ix" is "ih", the closures of
 * stops are silence, "sil". The glottal stop "q" has no counterpart: it is undefined, and left out of
 * transcripts. A phone of the 39 or the 48 is known only where TIMIT has it too.
 *
 * @param phone In small letters, as in TIMIT.
 * @throws {RangeError} If it is none of the 61.
 *
 * @example
 * ```ts
 * import { fold39 } from "lib/corpora/timit.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(["zh", "bcl", "h#", "q"].map(fold39), ["sh", "sil", "sil", undefined]);
 * ```
 *
 * Source: Lee & Hon 1989, Table III, as in Kaldi's egs/timit/s5/conf/phones.60-48-39.map.
 */
export function fold39(phone: string): string | undefined {
  return foldOf(phone)?.of39;
}

/**
 * One of TIMIT's 61 phones among the 48 that Lee & Hon trained on; "q" is undefined, as in
 * {@link fold39}.
 *
 * @throws {RangeError} If it is none of the 61.
 */
export function fold48(phone: string): string | undefined {
  return foldOf(phone)?.of48;
}

/** The phone in a set; undefined if it has no counterpart there. */
export function foldPhone(phone: string, set: PhoneSet): string | undefined {
  const fold = foldOf(phone);
  return set === "61" ? phone : set === "48" ? fold?.of48 : fold?.of39;
}

/** The phones of a set, in order of their names. */
export function phoneNames(set: PhoneSet): string[] {
  const names = timitPhones.map((phone) => foldPhone(phone, set));
  return [...new Set(names)].filter((name) => name !== undefined).sort();
}

function foldOf(phone: string): { of48: string; of39: string } | undefined {
  const fold = folds.get(phone);
  if (fold !== undefined || phone === glottalStop) return fold;
  throw new RangeError(
    `Cannot fold a phone as it must be one of TIMIT's 61: current value is ${
      JSON.stringify(phone)
    }`,
  );
}
