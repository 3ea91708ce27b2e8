import { gaussian } from "../../models/linear.ts";
import {
  type Allocate,
  fillRows,
  type Matrix,
  matrix,
  paramAt,
  type Params,
  paramsUnder,
  prefixParams,
  type RandomState,
  rowSlice,
  type Sequences,
  sigmoid,
} from "../../numeric/mod.ts";
import { matmul, matmulTransposeA, matmulTransposeB, sumRows } from "../../numeric/kernels/mod.ts";
import type { Attention, Heard, Memory } from "./attend.ts";

/** Sizes of a decoder. */
export interface DecoderSizes {
  /** Labels K, the end (0) among them. */
  readonly labels: number;
  /** Width M of the vector that stands for a label. */
  readonly embedding: number;
  /** Cells H of its LSTM. */
  readonly hidden: number;
}

/** What a step computes, a row for each of its hypotheses. */
const tables = ["input", "before", "gates", "c", "tanhC", "query", "out", "logits"] as const;
type Tables = Readonly<Record<typeof tables[number], Matrix>>;

/** One step of a decoder, for some rows at once: a row is a sequence, and what was said in it. */
export interface DecoderStep extends Tables {
  /** The sequence of every row. */
  readonly sequence: ArrayLike<number>;
  /** The label said last in every row; 0 before the first. */
  readonly said: ArrayLike<number>;
  /** The row of the step before that every row goes on from. */
  readonly from: ArrayLike<number>;
  /** Where every row listened. */
  readonly heard: readonly Heard[];
}

/** An LSTM that says one label after the other. */
export interface Decoder {
  init(rng: RandomState): Params;
  /** Room for the steps of some rows. */
  tables(rows: number, alloc?: Allocate): Tables;
  /**
   * Takes one step: `room.logits` [n, K] has the scores of what is said next, 0 for the end.
   *
   * @param before undefined for the first step
   */
  step(
    params: Params,
    memory: Memory,
    before: DecoderStep | undefined,
    rows: Pick<DecoderStep, "sequence" | "said" | "from">,
    room: Tables,
    alloc?: Allocate,
  ): DecoderStep;
  /**
   * The gradients of steps that never part: row r of each goes on from row r of the one before.
   *
   * @param all The room of all steps, one after the other.
   * @param dLogits [R, K] for all rows
   * @returns of every weight, and of the encoder's output [N, E]
   */
  backward(
    params: Params,
    memory: Memory,
    steps: readonly DecoderStep[],
    all: Tables,
    dLogits: Matrix,
    alloc?: Allocate,
  ): { grads: Params; dh: Sequences };
}

/** Rows start … start + n - 1 of all tables. */
export function rowsOf(all: Tables, start: number, n: number): Tables {
  return Object.fromEntries(
    tables.map((name) => [name, rowSlice(all[name], start, start + n)]),
  ) as unknown as Tables;
}

/**
 * The decoder of Listen, Attend and Spell with one layer: at each step its LSTM takes the label said
 * last and the context it heard then, attends with its new state, and scores what comes next.
 *
 * s_u = LSTM([emb(y_{u-1}) | c_{u-1}], s_{u-1}), c_u = attend(s_u Wq), logits_u = [s_u | c_u] W + b
 *
 * Weights: embedding [K, M]; Wx [M + C, 4H], Wh [H, 4H] and bh [1, 4H] of the LSTM, gate order
 * i, f, g, o; Wq [H, A]; W [H + C, K] and b [1, K] of the output; those of the attention under
 * "attention.".
 *
 * Source: Chan et al. 2016, section 2.2.
 */
export function decoderOf(sizes: DecoderSizes, attention: Attention): Decoder {
  const { labels: K, embedding: M, hidden: H } = sizes, { width: A, context: C } = attention;
  const widths = {
    input: M + C,
    before: H,
    gates: 4 * H,
    c: H,
    tanhC: H,
    query: A,
    out: H + C,
    logits: K,
  };
  const weightsOf = (params: Params) => ({
    embedding: paramAt(params, "embedding", K, M),
    Wx: paramAt(params, "Wx", M + C, 4 * H),
    Wh: paramAt(params, "Wh", H, 4 * H),
    bh: paramAt(params, "bh", 1, 4 * H),
    ...(A > 0 ? { Wq: paramAt(params, "Wq", H, A) } : {}),
    W: paramAt(params, "W", H + C, K),
    b: paramAt(params, "b", 1, K),
  });
  const attentionParams = (params: Params) => paramsUnder(params, "attention.");
  return {
    init(rng) {
      const bh = matrix(1, 4 * H);
      bh.data.fill(1, H, 2 * H);
      return {
        embedding: gaussian(rng, K, M, 1 / Math.sqrt(M)),
        Wx: gaussian(rng, M + C, 4 * H, 0.5 / Math.sqrt(M + C)),
        Wh: gaussian(rng, H, 4 * H, 0.5 / Math.sqrt(H)),
        bh,
        ...(A > 0 ? { Wq: gaussian(rng, H, A, 1 / Math.sqrt(H)) } : {}),
        W: gaussian(rng, H + C, K, 1 / Math.sqrt(H + C)),
        b: matrix(1, K),
        ...prefixParams(attention.init(rng), "attention."),
      };
    },
    tables: (rows, alloc = matrix) =>
      Object.fromEntries(
        tables.map((name) => [name, alloc(rows, widths[name])]),
      ) as unknown as Tables,
    step(params, memory, before, { sequence, said, from }, room, alloc) {
      const { embedding, Wx, Wh, bh, Wq, W, b } = weightsOf(params), own = attentionParams(params);
      const n = room.input.rows, heard: Heard[] = [];
      fillRows(room.gates, bh.data);
      fillRows(room.logits, b.data);
      for (let r = 0; r < n; r++) {
        const at = said[r] * M, to = r * (M + C);
        room.input.data.set(embedding.data.subarray(at, at + M), to);
        if (before === undefined) continue;
        const out = rowOf(before.out, from[r]);
        room.before.data.set(out.subarray(0, H), r * H);
        room.input.data.set(out.subarray(H), to + M);
      }
      matmul(room.gates.data, room.input.data, Wx.data, n, M + C, 4 * H);
      matmul(room.gates.data, room.before.data, Wh.data, n, H, 4 * H);
      for (let r = 0; r < n; r++) {
        const c = before && rowOf(before.c, from[r]);
        cellForward(room, r, c, H);
      }
      if (Wq !== undefined) {
        const states = columnsOf(room.out, 0, H, alloc);
        matmul(room.query.data, states.data, Wq.data, n, H, A);
      }
      for (let r = 0; r < n; r++) {
        const context = rowOf(room.out, r).subarray(H), query = rowOf(room.query, r);
        const earlier = before?.heard[from[r]];
        heard.push(attention.attend(own, memory, sequence[r], query, earlier, context, alloc));
      }
      matmul(room.logits.data, room.out.data, W.data, n, H + C, K);
      return { ...room, sequence, said, from, heard };
    },
    backward(params, memory, steps, all, dLogits, alloc = matrix) {
      const { Wx, Wh, Wq, W } = weightsOf(params), own = attentionParams(params);
      const like = (m: Params) =>
        Object.fromEntries(
          Object.entries(m).map(([name, { rows, cols }]) => [name, alloc(rows, cols)]),
        );
      const grads = like(weightsOf(params) as Params);
      const into = {
        params: like(own),
        dh: alloc(memory.h.frames.rows, memory.h.frames.cols),
        dKeys: alloc(memory.keys.rows, A),
      };
      const R = dLogits.rows, dOut = alloc(R, H + C), dz = alloc(R, 4 * H), dQuery = alloc(R, A);
      const dInput = alloc(R, M + C), dBefore = alloc(R, H), dCell = alloc(steps[0].input.rows, H);
      matmulTransposeB(dOut.data, dLogits.data, W.data, R, K, H + C);
      let dWeights = weightGradients(steps[steps.length - 1], alloc);
      for (let u = steps.length - 1, end = R; u >= 0; u--) {
        const step = steps[u], n = step.input.rows, start = end - n;
        const dEarlierWeights = u === 0 ? [] : weightGradients(steps[u - 1], alloc);
        const d = (m: Matrix) => rowSlice(m, start, end);
        for (let r = 0; r < n; r++) {
          attention.backward(own, memory, {
            b: step.sequence[r],
            heard: step.heard[r],
            before: u === 0 ? undefined : steps[u - 1].heard[r],
            query: rowOf(step.query, r),
            dContext: rowOf(d(dOut), r).subarray(H),
            dWeights: dWeights[r],
            dQuery: rowOf(d(dQuery), r),
            dBefore: dEarlierWeights[r],
          }, into);
        }
        if (Wq !== undefined) {
          const dState = alloc(n, H);
          matmulTransposeB(dState.data, d(dQuery).data, Wq.data, n, A, H);
          addColumns(d(dOut), 0, dState);
        }
        for (let r = 0; r < n; r++) {
          const before = u === 0 ? undefined : rowOf(steps[u - 1].c, r);
          cellBackward(step, r, before, rowOf(d(dOut), r), rowOf(dCell, r), rowOf(d(dz), r), H);
        }
        matmulTransposeB(d(dInput).data, d(dz).data, Wx.data, n, 4 * H, M + C);
        matmulTransposeB(d(dBefore).data, d(dz).data, Wh.data, n, 4 * H, H);
        end = start;
        dWeights = dEarlierWeights;
        if (u === 0) break;
        const earlierRows = steps[u - 1].input.rows;
        const dEarlier = rowSlice(dOut, start - earlierRows, start - earlierRows + n);
        addColumns(dEarlier, 0, rowSlice(dBefore, start, start + n));
        addColumns(dEarlier, H, columnsOf(rowSlice(dInput, start, start + n), M, C, alloc));
      }
      scatter(grads.embedding, steps, dInput);
      matmulTransposeA(grads.Wx.data, all.input.data, dz.data, M + C, R, 4 * H);
      matmulTransposeA(grads.Wh.data, all.before.data, dz.data, H, R, 4 * H);
      sumRows(grads.bh.data, dz.data, R, 4 * H);
      if (Wq !== undefined) {
        const states = columnsOf(all.out, 0, H, alloc);
        matmulTransposeA(grads.Wq.data, states.data, dQuery.data, H, R, A);
      }
      matmulTransposeA(grads.W.data, all.out.data, dLogits.data, H + C, R, K);
      sumRows(grads.b.data, dLogits.data, R, K);
      attention.finish(own, memory, into);
      return {
        grads: { ...grads, ...prefixParams(into.params, "attention.") },
        dh: { frames: into.dh, offsets: memory.h.offsets },
      };
    },
  };
}

/** One gradient for the weights of every row, zero so far. */
function weightGradients({ heard }: DecoderStep, alloc: Allocate): Float64Array[] {
  return heard.map(({ weights }) => alloc(weights.length, 1).data);
}

/** From the sums z of row r to its gates, c, tanh c and the state, the first H columns of `out`. */
function cellForward(room: Tables, r: number, before: Float64Array | undefined, H: number): void {
  const gates = rowOf(room.gates, r), c = rowOf(room.c, r), tanhC = rowOf(room.tanhC, r);
  const out = rowOf(room.out, r);
  for (let j = 0; j < H; j++) {
    const i = gates[j] = sigmoid(gates[j]), f = gates[H + j] = sigmoid(gates[H + j]);
    const g = gates[2 * H + j] = Math.tanh(gates[2 * H + j]);
    const o = gates[3 * H + j] = sigmoid(gates[3 * H + j]);
    c[j] = i * g + (before === undefined ? 0 : f * before[j]);
    tanhC[j] = Math.tanh(c[j]);
    out[j] = o * tanhC[j];
  }
}

/** From the gradients of state and cell to those of the sums z; `dCell` becomes that of c_{u-1}. */
function cellBackward(
  step: DecoderStep,
  r: number,
  before: Float64Array | undefined,
  dState: Float64Array,
  dCell: Float64Array,
  dz: Float64Array,
  H: number,
): void {
  const gates = rowOf(step.gates, r), tanhC = rowOf(step.tanhC, r);
  for (let j = 0; j < H; j++) {
    const i = gates[j], f = gates[H + j], g = gates[2 * H + j], o = gates[3 * H + j];
    const dc = dCell[j] + dState[j] * o * (1 - tanhC[j] * tanhC[j]);
    dz[j] = dc * g * i * (1 - i);
    dz[H + j] = before === undefined ? 0 : dc * before[j] * f * (1 - f);
    dz[2 * H + j] = dc * i * (1 - g * g);
    dz[3 * H + j] = dState[j] * tanhC[j] * o * (1 - o);
    dCell[j] = dc * f;
  }
}

/** Adds what every step says of the vector of the label that it was given. */
function scatter(embedding: Matrix, steps: readonly DecoderStep[], dInput: Matrix): void {
  const M = embedding.cols;
  let row = 0;
  for (const { said, input } of steps) {
    for (let r = 0; r < input.rows; r++, row++) {
      const to = said[r] * M, from = row * dInput.cols;
      for (let j = 0; j < M; j++) embedding.data[to + j] += dInput.data[from + j];
    }
  }
}

function rowOf({ data, cols }: Matrix, r: number): Float64Array {
  return data.subarray(r * cols, (r + 1) * cols);
}

/** A copy of columns from … from + n - 1. */
function columnsOf(m: Matrix, from: number, n: number, alloc: Allocate = matrix): Matrix {
  const out = alloc(m.rows, n);
  for (let r = 0; r < m.rows; r++) {
    const at = r * m.cols + from;
    out.data.set(m.data.subarray(at, at + n), r * n);
  }
  return out;
}

/** to[:, at …] += part */
function addColumns(to: Matrix, at: number, part: Matrix): void {
  for (let r = 0; r < part.rows; r++) {
    for (let j = 0; j < part.cols; j++) {
      to.data[r * to.cols + at + j] += part.data[r * part.cols + j];
    }
  }
}
