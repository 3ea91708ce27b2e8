import { type ClaimSpec, decimals, equal, ordered, type Row } from "../../claims/mod.ts";
import { published } from "./published.ts";
import { type Results, speedup } from "./results.ts";
import { type Kind, kinds } from "./sweep.ts";

const perText = decimals(3);

/** The write-up's headline, judged by our runs. */
export function claims(results: Results): ClaimSpec[] {
  const { blstm, lstm } = results;
  return [{
    kind: "reproduction",
    title: "BLSTM learns the corpus 1.87 times as fast as LSTM, and both learn it",
    source: "the write-up timit-blstm-ctc, Results",
    states: "reproduced",
    rows: [
      ...kinds.flatMap((kind) => [solvedRow(results, kind), finalRow(results, kind)]),
      speedupRow(results),
      ordered(
        "iterations to PER ≤ 0.05 on our grid of 10",
        { name: "BLSTM", values: blstm.fine },
        { name: "LSTM", values: lstm.fine },
      ),
      ...kinds.map((kind) =>
        equal(
          `PER at iterations 100, 200, … 700, ${kind.toUpperCase()}, seed 0`,
          published.perByIteration[kind],
          results[kind].pers,
          { format: perText },
        )
      ),
    ],
  }];
}

/** Iterations of one model to a PER of at most 0.05, on the write-up's grid, at its seeds. */
export function solvedRow(results: Results, kind: Kind): Row {
  const theirs = published.iterationsToSolve[kind];
  return equal(
    `iterations to PER ≤ 0.05, ${kind.toUpperCase()}, seeds 0–4`,
    theirs,
    results[kind].coarse,
  );
}

/** PER of one model after the last iteration, at the write-up's seeds. */
export function finalRow(results: Results, kind: Kind): Row {
  const theirs = published.finalPer[kind];
  return equal(
    `final PER, ${kind.toUpperCase()}, seeds 0–4`,
    theirs,
    results[kind].finalPer,
    { format: perText },
  );
}

/** How much sooner BLSTM gets there. */
export function speedupRow(results: Results): Row {
  return equal(
    "LSTM / BLSTM, mean iterations",
    published.speedup,
    speedup(results, "coarse"),
    { format: decimals(2, "×") },
  );
}
