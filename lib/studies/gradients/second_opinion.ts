import { atMost, type ClaimSpec, equal } from "../../claims/mod.ts";
import { ctcLoss } from "../../criteria/mod.ts";
import { matrix } from "../../numeric/mod.ts";
import { largest } from "./results.ts";

/** A case that went through `ctc_loss` of PyTorch in double precision. */
export interface PyTorchCase {
  readonly T: number;
  readonly K: number;
  readonly labels: readonly number[];
  readonly blank: number;
  readonly logits: readonly (readonly number[])[];
  readonly infeasible: boolean;
  /** null of a target that does not fit. */
  readonly loss: number | null;
  /** [T][K]; of a long sequence null. */
  readonly grad?: readonly (readonly number[])[] | null;
  /** The gradient's Frobenius norm. */
  readonly gradFrobenius?: number;
}

/** One case there and here. */
export interface Comparison {
  readonly T: number;
  readonly K: number;
  /** Length of the target. */
  readonly L: number;
  readonly blank: number;
  /** PyTorch's loss, nats; Infinity of a target that does not fit. */
  readonly theirs: number;
  readonly ours: number;
  /** Largest difference of the gradients, or of their norms where only that is known. */
  readonly gradientOff: number;
}

/** Computes loss and gradient of PyTorch's cases. */
export function compareWithPyTorch(cases: readonly PyTorchCase[]): Comparison[] {
  return cases.map(({ T, K, labels, blank, logits, infeasible, loss: theirs, ...gradients }) => {
    const { loss, dLogits } = ctcLoss(matrix(T, K, logits.flat()), labels, { blank });
    const grad = gradients.grad?.flat();
    const gradientOff = infeasible
      ? largest(dLogits.data)
      : grad !== undefined
      ? largest(dLogits.data.map((d, i) => d - grad[i]))
      : Math.abs(Math.hypot(...dLogits.data) - gradients.gradFrobenius!);
    return { T, K, L: labels.length, blank, theirs: theirs ?? Infinity, ours: loss, gradientOff };
  });
}

/** The check that loss and gradient are PyTorch's. */
export function secondOpinion(compared: readonly Comparison[]): ClaimSpec {
  const feasible = compared.filter(({ theirs }) => theirs < Infinity);
  const count = (of: "theirs" | "ours") => compared.filter((row) => row[of] === Infinity).length;
  return {
    kind: "check",
    title: "Loss and gradient of CTC are PyTorch's",
    source: "PyTorch 1.13.1, ctc_loss in double precision, eleven cases",
    states: "holds",
    rows: [
      atMost(
        "loss, off from PyTorch's",
        1e-9,
        feasible.map(({ theirs, ours }) => Math.abs(ours - theirs)),
      ),
      atMost("gradient, off from PyTorch's", 1e-9, compared.map((row) => row.gradientOff)),
      equal("cases of infinite loss", count("theirs"), count("ours")),
    ],
  };
}
