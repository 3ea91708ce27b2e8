import type { LabelledBatch } from "../../corpora/mod.ts";
import { ctcTopology, viterbi } from "../../alignment/mod.ts";
import { ctcBatchLoss, softmaxOutput } from "../../criteria/mod.ts";
import {
  ctcLabelModel,
  jointLabelModel,
  labelBeamSearch,
  type LabelModel,
  type LabelSearchOptions,
} from "../../decoding/mod.ts";
import { requireRng } from "../../models/context.ts";
import { type Context, type Layer, linear } from "../../models/mod.ts";
import { logSoftmax } from "../../numeric/kernels/mod.ts";
import {
  type Allocate,
  batchSize,
  type Matrix,
  matrix,
  type Params,
  paramsUnder,
  prefixParams,
  rowSlice,
  sequenceAt,
  type Sequences,
  sequences,
  withWorkspace,
} from "../../numeric/mod.ts";
import { requireDecodeOptions } from "../decode.ts";
import { frameLabels } from "../frame_labels.ts";
import { NotFiniteError, withinLimit } from "../not_finite.ts";
import type { Able, LabelGradient, RecognisedSequence } from "../system.ts";
import { attentionOf } from "./attend.ts";
import { decoderOf, type DecoderStep, rowsOf } from "./decoder.ts";
import {
  type AttentionSystemOptions,
  requireOptions,
  requireShare,
  requireTargets,
} from "./options.ts";

/** How a hybrid is searched. */
export interface AttentionSearchOptions extends LabelSearchOptions {
  /** λ of the search; defaults to that of the training. */
  readonly ctcWeight?: number;
}

/** An attention encoder–decoder; a hybrid also aligns by force, by the paths of its CTC. */
export interface AttentionSystem extends Able<"labelGradients" | "attentionWeights"> {
  /** From features to what the decoder listens to. */
  readonly encoder: Layer;
  /** The best labellings of every sequence, the best first. */
  nBest(params: Params, x: Sequences, options: AttentionSearchOptions): RecognisedSequence[][];
}

/**
 * An encoder, and a decoder that says one label after the other until it says the end:
 *
 * L = -Σ_u log p(a_u | a_1 … a_{u-1}, x) - log p(end | a_1 … a_U, x), the mean over sequences
 *
 * Every target fits, however few frames there are. Weights: "encoder." and "decoder.", see
 * `decoderOf()`. With a `ctcWeight` λ it is a hybrid: (1 - λ) L + λ L_CTC, where targets that do not
 * fit are left out of the second mean, and counted; weights of the linear output are under "ctc.".
 *
 * @throws {RangeError} If a size is not a whole number >= 1, or a probability out of range.
 *
 * @example
 * ```ts
 * import { blstm } from "lib/models/mod.ts";
 * import { attentionSystem } from "lib/systems/mod.ts";
 * import { matrix, RandomState, sequences } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const attention = { kind: "additive", width: 4 } as const;
 * const system = attentionSystem(blstm(2, 3), { labels: 4, embedding: 3, hidden: 5, attention });
 * const params = system.init(new RandomState(0)), x = sequences([matrix(6, 2)]);
 * const [weights] = system.attentionWeights(params, x, [[3, 1]]);
 * assertEquals([weights.rows, weights.cols], [3, 6]);
 * assertEquals(system.gradients(params, { x, targets: [[3, 1]] }).infeasible, 0);
 * ```
 *
 * Source: Bahdanau, Cho & Bengio 2015; Chan et al. 2016, "Listen, Attend and Spell"; for scheduled
 * sampling Bengio et al. 2015; for the hybrid Hori, Watanabe & Hershey 2017, eqs. 13 and 14.
 */
export function attentionSystem(encoder: Layer, options: AttentionSystemOptions): AttentionSystem {
  const { labels: K, labelSmoothing = 0, scheduledSampling = 0, ctcWeight = 0 } = options;
  requireOptions(options);
  const ctc = linear(encoder.outputs, K);
  const attention = attentionOf(options.attention, encoder.outputs);
  const decoder = decoderOf(options, attention);
  const requireWeight = (what: string, lambda: number) => {
    requireShare(what, "ctcWeight", lambda);
    if (lambda === 0 || ctcWeight > 0) return;
    throw new RangeError(
      `Cannot ${what} with CTC as the system must be a hybrid: its ctcWeight is 0`,
    );
  };
  const listen = (params: Params, x: Sequences, ctx?: Context) => {
    const { y: h, cache } = encoder.forward(paramsUnder(params, "encoder."), x, ctx);
    if (!withinLimit(h.frames)) throw new NotFiniteError("an output is not finite");
    const own = paramsUnder(params, "decoder.");
    const memory = attention.listen(paramsUnder(own, "attention."), h, ctx?.alloc);
    return { own, memory, cache };
  };
  /** Every step of the decoder while it is told the targets, or now and then its own labels. */
  const spell = (
    params: Params,
    { x, targets }: Pick<LabelledBatch, "x" | "targets">,
    ctx: Context = {},
  ) => {
    const { alloc = matrix } = ctx, { own, memory, cache } = listen(params, x, ctx);
    // Longest first, so that those still running are the first rows of every step.
    const order = targets.map((_, b) => b).sort((a, b) => targets[b].length - targets[a].length);
    const R = targets.reduce((sum, target) => sum + target.length + 1, 0);
    const all = decoder.tables(R, alloc), wanted = new Int32Array(R), steps: DecoderStep[] = [];
    const sampled = ctx.training === true && scheduledSampling > 0;
    for (let u = 0, start = 0; start < R; u++) {
      const sequence = order.filter((b) => targets[b].length >= u), n = sequence.length;
      const before = steps[u - 1];
      const said = sequence.map((b, r) => {
        if (u === 0) return 0;
        const rng = sampled ? requireRng("an attention decoder", ctx) : undefined;
        return rng !== undefined && rng.random() < scheduledSampling
          ? draw(before.logits, r, rng.random())
          : targets[b][u - 1];
      });
      const from = sequence.map((_, r) => r), room = rowsOf(all, start, n);
      steps.push(decoder.step(own, memory, before, { sequence, said, from }, room, alloc));
      sequence.forEach((b, r) => wanted[start + r] = targets[b][u] ?? 0);
      start += n;
    }
    if (!withinLimit(all.logits)) throw new NotFiniteError("an output is not finite");
    const logProbs = alloc(R, K);
    logSoftmax(logProbs.data, all.logits.data, R, K);
    return { own, memory, cache, order, all, steps, wanted, logProbs };
  };
  type Spelt = ReturnType<typeof spell>;
  const backward = (
    params: Params,
    spelt: Spelt,
    dLogits: Matrix,
    ctx?: Context,
    also?: Sequences,
  ) => {
    const { own, memory, steps, all, cache } = spelt;
    const { grads, dh } = decoder.backward(own, memory, steps, all, dLogits, ctx?.alloc);
    also?.frames.data.forEach((value, i) => dh.frames.data[i] += value);
    const inner = encoder.backward(paramsUnder(params, "encoder."), cache, dh, ctx);
    return {
      grads: { ...prefixParams(inner.grads, "encoder."), ...prefixParams(grads, "decoder.") },
      dx: inner.dx,
    };
  };
  const nBest: AttentionSystem["nBest"] = (
    params,
    x,
    { ctcWeight: lambda = ctcWeight, ...search },
  ) => {
    requireWeight("decode", lambda);
    return withWorkspace((alloc) => {
      const { own, memory: heard } = listen(params, x, { alloc });
      const memory = { ...heard, room: alloc(heard.h.frames.rows, attention.width) };
      const posteriors = lambda > 0 ? posterior(params, memory.h) : undefined;
      return Array.from({ length: batchSize(x) }, (_, b) => {
        const T = memory.h.offsets[b + 1] - memory.h.offsets[b];
        let last: DecoderStep | undefined;
        const model: LabelModel = {
          labels: K,
          next(parents, said) {
            const n = said.length, room = decoder.tables(n);
            const rows = { sequence: said.map(() => b), said, from: parents };
            last = decoder.step(own, memory, last, rows, room);
            if (!withinLimit(room.logits)) throw new NotFiniteError("an output is not finite");
            return logSoftmaxOf(room.logits);
          },
        };
        const joint = posteriors === undefined ? model : jointLabelModel(
          { model, weight: 1 - lambda },
          { model: ctcLabelModel(sequenceAt(posteriors, b)), weight: lambda },
        );
        return labelBeamSearch(joint, { ...search, maxLabels: search.maxLabels ?? T });
      });
    });
  };
  const posterior = (params: Params, h: Sequences): Sequences => {
    const { y } = ctc.forward(paramsUnder(params, "ctc."), h);
    return { frames: logSoftmaxOf(y.frames), offsets: y.offsets };
  };
  return {
    encoder,
    needs: [],
    init: (rng) => ({
      ...prefixParams(encoder.init(rng), "encoder."),
      ...prefixParams(decoder.init(rng), "decoder."),
      ...(ctcWeight > 0 ? prefixParams(ctc.init(rng), "ctc.") : {}),
    }),
    frames: (T) => encoder.frames(T),
    gradients(params, batch, ctx) {
      const { alloc = matrix } = ctx ?? {}, B = batchSize(batch.x);
      requireTargets(batch.targets, B, K);
      const spelt = spell(params, batch, ctx), { logProbs, wanted } = spelt;
      const { loss, dLogits } = crossEntropy(logProbs, wanted, labelSmoothing, B, alloc);
      if (ctcWeight === 0) {
        return { loss, infeasible: 0, grads: backward(params, spelt, dLogits, ctx).grads };
      }
      const own = paramsUnder(params, "ctc."), { y, cache } = ctc.forward(own, spelt.memory.h, ctx);
      const framewise = ctcBatchLoss(y, batch.targets, {}, alloc);
      scale(dLogits, 1 - ctcWeight);
      scale(framewise.dLogits.frames, ctcWeight);
      const output = ctc.backward(own, cache, framewise.dLogits, ctx);
      const { grads } = backward(params, spelt, dLogits, ctx, output.dx());
      return {
        loss: (1 - ctcWeight) * loss + ctcWeight * framewise.loss,
        infeasible: framewise.infeasible,
        grads: { ...grads, ...prefixParams(output.grads, "ctc.") },
      };
    },
    decode(params, x, decoding = {}) {
      requireDecodeOptions(decoding);
      const { beamWidth = 1, ...rest } = decoding;
      const found = nBest(params, x, { beamWidth, ...rest });
      return { sequences: found.map(([best]) => best ?? { labels: [], score: -Infinity }) };
    },
    nBest,
    ...(ctcWeight > 0 && {
      align(params, x, targets) {
        requireTargets(targets, batchSize(x), K);
        const found = posterior(params, listen(params, x).memory.h);
        return targets.map((target, b) => viterbi(sequenceAt(found, b), ctcTopology(target)));
      },
    } satisfies Pick<Able<"align">, "align">),
    attentionWeights(params, x, targets) {
      requireTargets(targets, batchSize(x), K);
      const { steps, order } = spell(params, { x, targets });
      return targets.map((target, b) => {
        const r = order.indexOf(b), rows = target.length + 1;
        const columns = steps[0].heard[r].weights.length;
        const weights = matrix(rows, columns);
        for (let u = 0; u < rows; u++) weights.data.set(steps[u].heard[r].weights, u * columns);
        return weights;
      });
    },
    labelGradients(params, x, target, asked = {}) {
      const { ctcWeight: lambda = 0 } = asked;
      requireTargets([target], 1, K);
      requireWeight("take gradients", lambda);
      const spelt = spell(params, { x: sequences([x]), targets: [target] }), { logProbs } = spelt;
      const own = paramsUnder(params, "ctc.");
      const framewise = lambda > 0 ? ctc.forward(own, spelt.memory.h) : undefined;
      const byFrames = framewise === undefined
        ? undefined
        : frameLabels(logSoftmaxOf(framewise.y.frames), ctcTopology(target), softmaxOutput, asked);
      if (framewise !== undefined && byFrames === undefined) return undefined;
      return target.map((label, u): LabelGradient => {
        const said = logProbs.data[u * K + label], frameLabel = byFrames?.[u];
        return {
          logProb: frameLabel === undefined
            ? said
            : (1 - lambda) * said + lambda * frameLabel.logProb,
          dx() {
            const dLogits = matrix(logProbs.rows, K);
            for (let k = 0; k < K; k++) {
              const share = (k === label ? 1 : 0) - Math.exp(logProbs.data[u * K + k]);
              dLogits.data[u * K + k] = (1 - lambda) * share;
            }
            if (framewise === undefined || frameLabel === undefined) {
              return backward(params, spelt, dLogits).dx().frames;
            }
            const frames = frameLabel.dLogits();
            scale(frames, lambda);
            const dy = { frames, offsets: framewise.y.offsets };
            const also = ctc.backward(own, framewise.cache, dy).dx();
            return backward(params, spelt, dLogits, undefined, also).dx().frames;
          },
        };
      });
    },
  };
}

/** [n, K] row by row */
function logSoftmaxOf({ data, rows, cols }: Matrix): Matrix {
  const out = matrix(rows, cols);
  logSoftmax(out.data, data, rows, cols);
  return out;
}

function scale({ data }: Matrix, factor: number): void {
  for (let i = 0; i < data.length; i++) data[i] *= factor;
}

/** The mean over B sequences of the smoothed cross entropy of all rows, and its gradient. */
function crossEntropy(
  logProbs: Matrix,
  wanted: Int32Array,
  epsilon: number,
  B: number,
  alloc: Allocate,
): { loss: number; dLogits: Matrix } {
  const { rows: R, cols: K, data } = logProbs, dLogits = alloc(R, K);
  let loss = 0;
  for (let r = 0, i = 0; r < R; r++) {
    for (let k = 0; k < K; k++, i++) {
      const target = epsilon / K + (k === wanted[r] ? 1 - epsilon : 0);
      if (target > 0) loss -= target * data[i];
      dLogits.data[i] = (Math.exp(data[i]) - target) / B;
    }
  }
  return { loss: loss / B, dLogits };
}

/** A label of row r, drawn by the softmax of its scores; `at` is uniform from 0 to 1. */
function draw(logits: Matrix, r: number, at: number): number {
  const row = rowSlice(logits, r, r + 1), K = row.cols;
  const logProbs = logSoftmax(new Float64Array(K), row.data, 1, K);
  let left = at;
  for (let k = 0; k < K; k++) if ((left -= Math.exp(logProbs[k])) < 0) return k;
  return K - 1;
}
