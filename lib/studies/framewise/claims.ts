import { type ClaimSpec, decimals, ordered, type Row } from "../../claims/mod.ts";
import type { NetworkResult, Results } from "./results.ts";
import type { Network } from "./sweep.ts";

const SOURCE = "Graves & Schmidhuber 2005, section 5";
const format = decimals(2, " %");

/** The paper's three claims, and what we take the future to be good for, judged by our runs. */
export function claims(results: Results): ClaimSpec[] {
  const lower = (
    figure: "errors" | "firstFrames",
    what: string,
    better: Network,
    worse: Network,
  ): Row => {
    const contender = (name: Network) => ({ name, values: percent(results[name][figure]) });
    return ordered(`${what}, ${better} / ${worse}`, contender(better), contender(worse), {
      format,
      expected: `less than ${worse}`,
    });
  };
  const errsLess = (better: Network, worse: Network) =>
    lower("errors", "frames named wrongly", better, worse);
  return [{
    kind: "reproduction",
    title: "Bidirectional networks err less than those that read forwards only",
    source: SOURCE,
    states: "reproduced",
    rows: [errsLess("BLSTM", "LSTM"), errsLess("BRNN", "RNN")],
  }, {
    kind: "reproduction",
    title: "LSTM errs less than a plain RNN",
    source: SOURCE,
    states: "not reproduced",
    rows: [errsLess("LSTM", "RNN"), errsLess("BLSTM", "BRNN")],
  }, {
    kind: "reproduction",
    title: "Networks with a memory err less than a perceptron that sees a window",
    source: SOURCE,
    states: "not reproduced",
    rows: [
      errsLess("BLSTM", "MLP, ±10 frames"),
      errsLess("BLSTM", "MLP, ±3 frames"),
      errsLess("BRNN", "MLP, ±3 frames"),
      errsLess("LSTM", "MLP, ±3 frames"),
    ],
  }, {
    kind: "check",
    title: "Hearing the future helps at the first frame of a phone, and a few frames of it help",
    source: "ours, to explain the order",
    states: "holds",
    rows: [
      lower("firstFrames", "first frames named wrongly", "BLSTM", "LSTM"),
      errsLess("LSTM, delay 2", "LSTM"),
      errsLess("LSTM, delay 6", "LSTM"),
    ],
  }];
}

function percent(shares: NetworkResult["errors"]): number[] {
  return shares.map((share) => 100 * share);
}
