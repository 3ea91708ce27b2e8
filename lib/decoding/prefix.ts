import type { LanguageModel } from "./language_model.ts";

/** What a language model says of one more label. */
type Step = ReturnType<LanguageModel["next"]>;

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
  /** The prefixes with one more label that were ever kept. */
  children: Map<number, Prefix> | undefined;
  /** The language model's state after the prefix. */
  readonly lmState: unknown;
  /** The language model's log-probability of the prefix, nats. */
  readonly languageModel: number;
  /** By label, what the language model was asked already. */
  readonly ahead: Step[];
  /** Log of the sum over paths that end in blank, over those that end in `last`, and over both. */
  blankEnd: number;
  labelEnd: number;
  acoustic: number;
  /** The same for the frame being computed. */
  nextBlank: number;
  nextLabel: number;
  nextAcoustic: number;
  /** Its place in the last beam that it was extended in. */
  slot: number;
}

/** The empty prefix before the first frame, which all others are extended from. */
export function emptyPrefix(lm: LanguageModel | undefined): Prefix {
  const root = prefix(undefined, -1, lm?.start(), 0);
  root.blankEnd = root.acoustic = 0;
  return root;
}

/** What the language model says of one more label; it is asked once. */
export function lookAhead(from: Prefix, label: number, lm: LanguageModel): Step {
  return from.ahead[label] ??= lm.next(from.lmState, label);
}

/** The prefix with one more label; the same node every time. */
export function extended(from: Prefix, label: number): Prefix {
  const children = from.children ??= new Map();
  let longer = children.get(label);
  if (longer === undefined) {
    const step: Step | undefined = from.ahead[label];
    longer = prefix(from, label, step?.state, from.languageModel + (step?.logProb ?? 0));
    children.set(label, longer);
  }
  return longer;
}

/** Makes the frame that was computed the current one. */
export function advance(prefix: Prefix): void {
  prefix.blankEnd = prefix.nextBlank;
  prefix.labelEnd = prefix.nextLabel;
  prefix.acoustic = prefix.nextAcoustic;
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
    children: undefined,
    lmState,
    languageModel,
    ahead: [],
    blankEnd: -Infinity,
    labelEnd: -Infinity,
    acoustic: -Infinity,
    nextBlank: -Infinity,
    nextLabel: -Infinity,
    nextAcoustic: -Infinity,
    slot: -1,
  };
}
