import { type PublishedErrors, table5, type Variant } from "../gradient_alignment/mod.ts";

/** The sentences that are judged. Source: the alignment paper, section 7.4 and appendix A.7. */
export const published = {
  better: "In comparison to CTC, the alignment quality seems to be better here in terms of TSE",
  alone: "the optimal weighting is reached with λ_CTC = 0, λ_AED = 1, i.e. only the AED is used",
} as const;

/**
 * Alignments from the gradients of an attention encoder–decoder, of SPM 10k.
 *
 * Source: the alignment paper, Table 6.
 */
export const table6: Readonly<Record<Variant, PublishedErrors>> = {
  GradScore: { tse: 66.3, tseCenter: 50.5, silence: 23.7 },
  GradScoreExt: { tse: 64.7, tseCenter: 50.3, silence: 14.9 },
};

/**
 * Alignments from the gradients of a hybrid by the weight of CTC, of SPM 10k without a method: time
 * stamp error of words, left and right boundaries, ms.
 *
 * Source: the alignment paper, appendix A.7, Table 17; its GradScoreExt has no rows from 0.3 to 0.5.
 */
export const table17: Readonly<Record<Variant, readonly { ctcWeight: number; tse: number }[]>> = {
  GradScore: rows([86.5, 87.1, 86.5, 86.5, 85, 82.9, 80.9, 78.7, 74.9, 70.9, 66.6]),
  GradScoreExt: rows([
    84,
    84.4,
    84.4,
    84.1,
    82.8,
    undefined,
    undefined,
    undefined,
    70.7,
    66.9,
    63.4,
  ]),
};

/** What Table 5 has for the same labels, with the prior. */
export const ofCtc: Readonly<Record<Variant, number>> = {
  GradScore: tseOfCtc("GradScore"),
  GradScoreExt: tseOfCtc("GradScoreExt"),
};

function tseOfCtc(variant: Variant): number {
  return table5.find((row) =>
    row.labels === "SPM 10k" && row.method === "–" && row.variant === variant
  )!.tse;
}

/** From the weight 1 of CTC down to 0, in steps of a tenth; holes are left out. */
function rows(tse: readonly (number | undefined)[]): { ctcWeight: number; tse: number }[] {
  return tse.flatMap((value, n) =>
    value === undefined ? [] : [{ ctcWeight: (10 - n) / 10, tse: value }]
  );
}
