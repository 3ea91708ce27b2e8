/**
 * Table 15 of the alignment paper: how much time a separated blank saves in an output layer, against
 * a softmax over all labels. `deno task bench-blank` writes results/separated-blank.json.
 *
 * @module
 */
import {
  framewiseBatchLoss,
  separatedBlank,
  separatedFramewise,
  softmaxOutput,
} from "lib/criteria/mod.ts";
import { bestPath, separatedBestPath } from "lib/decoding/mod.ts";
import { linear } from "lib/models/mod.ts";
import { writeWhole } from "lib/write_whole.ts";
import { parseOptions } from "../tasks/args.ts";
import { print } from "../tasks/print.ts";
import { runTask } from "../tasks/run_task.ts";
import { type Matrix, matrix, type Params, RandomState, sequences } from "lib/numeric/mod.ts";

/** The size of the work. */
export interface Work {
  readonly frames: number;
  /** Width of the hidden frames. */
  readonly width: number;
  readonly labels: number;
  /** Share of the frames that are blank: all but every n-th. */
  readonly blank: number;
}

/** Frames, weights, and an alignment that has the given share of blank, as has the model's own. */
export function workload({ frames, width, labels, blank }: Work): {
  h: Matrix;
  params: Params;
  alignment: Int32Array;
} {
  const rng = new RandomState(15);
  const h = matrix(frames, width, Array.from({ length: frames * width }, () => rng.randn()));
  const params = linear(width, labels).init(rng);
  const alignment = Int32Array.from({ length: frames }, (_, t) => {
    const speaks = t % Math.round(1 / (1 - blank)) === 0;
    return speaks ? rng.randint(1, labels) : 0;
  });
  // The first value of a frame decides on blank, and on blank alone.
  for (let k = 0; k < labels; k++) params.W.data[k] = k === 0 ? 40 : 0;
  alignment.forEach((label, t) => h.data[t * width] = label === 0 ? 1 : -1);
  return { h, params, alignment };
}

/** The computations of the table, each with a full softmax and with a separated blank. */
export function contenders({ h, params, alignment }: ReturnType<typeof workload>): Record<
  string,
  { readonly full: () => unknown; readonly separated: () => unknown }
> {
  const { W, b } = params;
  const layer = linear(W.rows, W.cols), x = sequences([h]);
  const logits = () => layer.forward(params, x).y;
  const separated = () => separatedBestPath(h, W, b).path;
  return {
    "Greedy decode only labels": { full: () => bestPath(logits().frames), separated },
    "Greedy decode with probs.": {
      full: () => bestPath(softmaxOutput.logProbs(logits().frames)),
      separated,
    },
    "Framewise training": {
      full: () => {
        const { y, cache } = layer.forward(params, x);
        const { dLogits } = framewiseBatchLoss(y, alignment, { output: softmaxOutput });
        const { grads, dx } = layer.backward(params, cache, dLogits);
        return { grads, dx: dx() };
      },
      separated: () => separatedFramewise(h, W, b, alignment),
    },
  };
}

/** The path of a separated blank without its short cut: what {@link separatedBestPath} must give. */
export function slowPath({ h, params }: ReturnType<typeof workload>): ArrayLike<number> {
  const { y } = linear(params.W.rows, params.W.cols).forward(params, sequences([h]));
  return bestPath(separatedBlank().logProbs(y.frames));
}

if (import.meta.main) {
  parseOptions(
    "bench-blank",
    "Measures how much time a separated blank saves; writes results/separated-blank.json.",
    {},
  );
  await runTask("bench-blank", async () => {
    const ROUNDS = 5;
    const work: Work = { frames: 1000, width: 128, labels: 10_000, blank: 0.9 };
    const rows = Object.entries(contenders(workload(work))).map(
      ([computation, { full, separated }]) => {
        const time = (run: () => unknown) => {
          const start = performance.now();
          run();
          return performance.now() - start;
        };
        // Turn about, and the least of the rounds: what else the machine does falls on both.
        const rounds = Array.from({ length: ROUNDS }, () => [time(full), time(separated)]);
        const [a, b] = [0, 1].map((n) => Math.min(...rounds.map((round) => round[n])));
        print(`${computation}: ${a.toFixed(0)} ms, ${b.toFixed(0)} ms, ${(a / b).toFixed(1)}×`);
        return {
          computation,
          fullMs: Math.round(a),
          separatedMs: Math.round(b),
          speedup: +(a / b).toFixed(2),
        };
      },
    );
    const text = JSON.stringify({ ...work, rounds: ROUNDS, rows }, null, 2);
    await writeWhole("results/separated-blank.json", `${text}\n`);
  });
}
