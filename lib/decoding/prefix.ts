import type { LanguageModel } from "./language_model.ts";
import { logAdd } from "./log_add.ts";

/**
 * One prefix of a beam search, a node in the tree of all prefixes: a prefix that is reached from
 * two sides is one node, so that its paths add up.
 */
export interface Prefix {
  readonly parent: Prefix | undefined;
  /** Last label; -1 for the empty prefix. */
  readonly last: number;
  /** Number of labels. */
  readonly length: number;
  readonly children: Map<number, Prefix>;
  /** The language model's state after the prefix. */
  readonly lmState: unknown;
  /** The language model's log-probability of the prefix, nats. */
  readonly languageModel: number;
  /** Log of the sum over paths that end in blank, over those that end in `last`, and over both. */
  blankEnd: number;
  labelEnd: number;
  acoustic: number;
  /** The same for the frame being computed, and which frame that is. */
  nextBlank: number;
  nextLabel: number;
  frame: number;
}

/** The empty prefix before the first frame, which all others are extended from. */
export function emptyPrefix(lm: LanguageModel | undefined): Prefix {
  const root = prefix(undefined, -1, lm?.start(), 0);
  root.blankEnd = root.acoustic = 0;
  return root;
}

/** The prefix with one more label; the same node every time. */
export function extended(from: Prefix, label: number, lm: LanguageModel | undefined): Prefix {
  let longer = from.children.get(label);
  if (longer === undefined) {
    const step = lm?.next(from.lmState, label);
    longer = prefix(from, label, step?.state, from.languageModel + (step?.logProb ?? 0));
    from.children.set(label, longer);
  }
  return longer;
}

/** Makes the frame that was computed the current one. */
export function advance(prefix: Prefix): void {
  prefix.blankEnd = prefix.nextBlank;
  prefix.labelEnd = prefix.nextLabel;
  prefix.acoustic = logAdd(prefix.nextBlank, prefix.nextLabel);
}

/** The labels of a prefix. */
export function labelsOf(prefix: Prefix): number[] {
  const labels = new Array<number>(prefix.length);
  for (let at: Prefix = prefix; at.parent !== undefined; at = at.parent) {
    labels[at.length - 1] = at.last;
  }
  return labels;
}

function prefix(
  parent: Prefix | undefined,
  last: number,
  lmState: unknown,
  languageModel: number,
): Prefix {
  return {
    parent,
    last,
    length: parent === undefined ? 0 : parent.length + 1,
    children: new Map(),
    lmState,
    languageModel,
    blankEnd: -Infinity,
    labelEnd: -Infinity,
    acoustic: -Infinity,
    nextBlank: -Infinity,
    nextLabel: -Infinity,
    frame: -1,
  };
}
