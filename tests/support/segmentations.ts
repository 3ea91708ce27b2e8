import { ctcTopology, gradientTopology, hmmTopology, type Topology } from "lib/alignment/mod.ts";
import type { Transitions } from "lib/alignment/mod.ts";

/**
 * One slot of a pattern such as ε* a⁺ ε* b⁺ ε*: its label, whether it may be left out, and its
 * place in the target. What the topologies say with arcs, a pattern says with stars.
 */
export interface Slot {
  readonly label: number;
  readonly optional: boolean;
  readonly index: number;
}

const blank = (optional = true): Slot => ({ label: 0, optional, index: -1 });

export const patterns = {
  ctc: (target: readonly number[]): Slot[] => [
    blank(),
    ...target.flatMap((label, index) => [
      { label, optional: false, index },
      blank(label !== target[index + 1]),
    ]),
  ],
  gradient: (target: readonly number[]): Slot[] => [
    blank(),
    ...target.flatMap((label, index) => [{ label, optional: false, index }, blank()]),
  ],
  hmm: (words: readonly (readonly number[])[]): Slot[] => {
    let index = 0;
    return [
      blank(),
      ...words.flatMap((word) => [
        ...word.map((label) => ({ label, optional: false, index: index++ })),
        blank(),
      ]),
    ];
  },
};

/** A topology and its pattern, for the three kinds of topology alike. */
export interface Case {
  readonly name: string;
  readonly topology: Topology;
  readonly pattern: readonly Slot[];
}

/** The three topologies of one sequence of words. */
export function threeCases(
  words: readonly (readonly number[])[],
  transitions?: Transitions,
): Case[] {
  const target = words.flat();
  return [
    { name: "CTC", topology: ctcTopology(target), pattern: patterns.ctc(target) },
    { name: "gradient", topology: gradientTopology(target), pattern: patterns.gradient(target) },
    {
      name: "HMM",
      topology: hmmTopology(words, { silence: 0, transitions }),
      pattern: patterns.hmm(words),
    },
  ];
}

/** Every way to give T frames to the slots of a pattern, in order: one slot per frame. */
export function* segmentations(
  pattern: readonly Slot[],
  T: number,
  from = 0,
  path: readonly number[] = [],
): Generator<readonly number[], void, void> {
  if (from === pattern.length) {
    if (path.length === T) yield path;
    return;
  }
  const least = pattern[from].optional ? 0 : 1;
  for (let n = least; path.length + n <= T; n++) {
    yield* segmentations(pattern, T, from + 1, [...path, ...Array<number>(n).fill(from)]);
  }
}

/** Σ log weight of the steps of a path: loop or forward, by the kind of slot that it comes from. */
export function logTransitions(
  path: readonly number[],
  pattern: readonly Slot[],
  transitions: Transitions,
): number {
  let sum = 0;
  for (let t = 1; t < path.length; t++) {
    const { loop, forward = 1 - loop } =
      transitions[pattern[path[t - 1]].index < 0 ? "silence" : "speech"];
    sum += Math.log(path[t] === path[t - 1] ? loop : forward);
  }
  return sum;
}
