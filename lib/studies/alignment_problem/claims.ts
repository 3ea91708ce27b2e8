import { atMost, type ClaimSpec, decimals, equal } from "../../claims/mod.ts";
import type { Matrix } from "../../numeric/mod.ts";
import { conceptPage } from "./published.ts";
import { hi, type Results } from "./results.ts";

/** Rounding of sums of 15 products of probabilities. */
const ROUNDING = 1e-14;
const printed = { format: decimals(12) };

/** What the sources say of paths and their sum, and what we hold ourselves to. */
export function claims(results: Results): ClaimSpec[] {
  const { meanings, hello, paths, p, gradient, enumeratedAlignment } = results;
  const byCounting = { expected: p.enumerated.toFixed(12) };
  return [{
    kind: "reproduction",
    title: "Repeats are merged first, and blanks are dropped after",
    source: "the concept page on CTC, The collapse function",
    states: "reproduced",
    rows: conceptPage.map(({ path, text }) => equal(`${path} means`, text, meanings[path].merging)),
  }, {
    kind: "reproduction",
    title: "The probability of a target is the sum over its paths: forward, backward, or both",
    source: "Graves et al. 2006, section 4.1, eqs. 2, 3, 8 and 14",
    states: "reproduced",
    rows: [
      equal("p(hi | x), forward, at the last frame", p.enumerated, p.forward, printed),
      equal("p(hi | x), backward, at the first frame", p.enumerated, p.backward, printed),
      equal("p(hi | x), both, at each of four frames", p.both.map(() => p.enumerated), p.both, {
        ...printed,
        ...byCounting,
      }),
    ],
  }, {
    kind: "check",
    title: "The library counts and sums as the definition does",
    source: "enumeration of all paths",
    states: "holds",
    rows: [
      equal("paths that mean hi, walks of its automaton, walks that are such paths", [15, 15, 15], [
        paths.labels,
        paths.walks,
        paths.both,
      ]),
      equal("paths of hello in 5 to 8 frames", [0, 1, 11, 66], hello.map((row) => row.merging)),
      equal("the same, dropping first", [0, 0, 0, 0], hello.map((row) => row.dropping)),
      equal("hεello, no blank between the two l, means", "helo", meanings["hεello"].merging),
      atMost(
        "p(hi | x), farthest from enumeration",
        ROUNDING,
        [
          p.forward,
          p.backward,
          ...p.both,
          p.loss,
        ].map((other) => Math.abs(other - p.enumerated)),
      ),
      atMost(
        "soft alignment v, farthest from enumeration",
        ROUNDING,
        farthest(gradient.softAlignment, enumeratedAlignment),
      ),
      atMost("softmax − v summed over labels, largest of four frames", ROUNDING, rowSums(gradient)),
    ],
  }];
}

function farthest(a: Matrix, b: Matrix): number {
  return Math.max(...a.data.map((value, i) => Math.abs(value - b.data[i])));
}

/** What the gradients of each frame's labels add up to. */
function rowSums({ dLogits: { data } }: Results["gradient"]): number[] {
  const K = hi.names.length;
  return Array.from(
    { length: data.length / K },
    (_, t) => Math.abs(data.subarray(t * K, (t + 1) * K).reduce((sum, x) => sum + x, 0)),
  );
}
