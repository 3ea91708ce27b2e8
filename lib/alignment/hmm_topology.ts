import { requireList, requireTarget } from "./target.ts";
import { type Arc, type State, type Topology, topology } from "./topology.ts";

/** How likely a state is to be stayed in and to be left, probabilities in (0, 1]. */
export interface LoopForward {
  /** Probability of staying. */
  readonly loop: number;
  /** Probability of leaving; defaults to 1 - loop. */
  readonly forward?: number;
}

/** Fixed transition probabilities: four values, as the paper has them. */
export interface Transitions {
  /** Of the states of letters. */
  readonly speech: LoopForward;
  /** Of the states of silence. */
  readonly silence: LoopForward;
}

/** Options of {@link hmmTopology}. */
export interface HmmTopologyOptions {
  /** The label of silence; words do not hold it. */
  silence: number;
  /**
   * Log weights of the arcs: staying in a state costs its loop probability, leaving it costs its
   * forward probability, whichever way it is left; starting and ending cost nothing. They count
   * only where `transitionScale` is not 0. Defaults to weights of 0.
   */
  transitions?: Transitions;
}

/**
 * The HMM topology of a sequence of words: silence may stand before, between and after the words
 * and nowhere else; every state loops; equal letters need nothing in between. States are in the
 * order of time, (silence) letters (silence) letters … (silence).
 *
 * Where equal letters touch, one labelling has several state paths, and each counts: eq. 6 sums
 * over labels and states.
 *
 * @param words The labels of each word, none of them empty; their places in the target run on from
 * one word to the next. No word at all is silence alone.
 * @throws {TypeError} If words or a word are no list, or silence or one kind of transition is missing.
 * @throws {RangeError} If a label is silence or no whole number from 0 to 2^31 - 1, a word is
 * empty, or a probability is not in (0, 1].
 *
 * @example
 * ```ts
 * import { hmmTopology } from "lib/alignment/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { labels, index, minimumFrames } = hmmTopology([[1, 2, 2], [3]], { silence: 0 });
 * assertEquals([...labels], [0, 1, 2, 2, 0, 3, 0]);
 * assertEquals([...index], [-1, 0, 1, 2, -1, 3, -1]);
 * assertEquals(minimumFrames, 4); // no silence needed
 * ```
 *
 * Source: the alignment paper, section 2, Fig. 3 and section 7.1.2 (transitions).
 */
export function hmmTopology(
  words: readonly (readonly number[])[],
  options: HmmTopologyOptions,
): Topology {
  if (options?.silence === undefined) {
    throw new TypeError("Cannot align words as options must say which label is silence");
  }
  const { silence, transitions } = options;
  requireList("words", words);
  words.forEach((word, n) => requireList(`word ${n}`, word));
  requireTarget(words.flatMap((word) => [...word]), silence, "silence");
  const empty = words.findIndex((word) => word.length === 0);
  if (empty >= 0) {
    throw new RangeError(
      `Cannot align words as each must have at least one label: word ${empty} has none`,
    );
  }
  const idle = { loop: 1, forward: 1 };
  const { speech: ofSpeech, silence: ofSilence } = transitions ?? { speech: idle, silence: idle };
  const speech = logTransitions("speech", ofSpeech);
  const pause = logTransitions("silence", ofSilence);
  const states: State[] = [{ label: silence, index: -1, initial: 0 }];
  const arcs: Arc[] = [[0, 0, pause.loop]];
  let index = 0;
  for (const word of words) {
    const between = states.length - 1; // the silence before this word
    for (const label of word) {
      const s = states.length;
      states.push({ label, index: index++ });
      arcs.push([s, s, speech.loop]);
      arcs.push([s - 1, s, s - 1 === between ? pause.forward : speech.forward]);
    }
    const first = between + 1, after = states.length;
    if (between > 0) arcs.push([between - 1, first, speech.forward]); // no silence in between
    else states[first].initial = 0;
    states.push({ label: silence, index: -1 });
    arcs.push([after, after, pause.loop], [after - 1, after, speech.forward]);
  }
  states[states.length - 1].final = 0;
  if (words.length > 0) states[states.length - 2].final = 0;
  return topology(states, arcs);
}

function logTransitions(name: string, given: LoopForward): { loop: number; forward: number } {
  if (given === undefined) {
    throw new TypeError(`Cannot weigh transitions as those of ${name} are missing: give both`);
  }
  const { loop, forward = 1 - loop } = given;
  for (const [which, p] of Object.entries({ loop, forward })) {
    if (!(p > 0 && p <= 1)) {
      throw new RangeError(
        `Cannot weigh transitions as probabilities must be above 0 and at most 1: ` +
          `${which} of ${name} is ${p}`,
      );
    }
  }
  return { loop: Math.log(loop), forward: Math.log(forward) };
}
