/** A path over labels and blanks, and the text that a source says it means. */
export interface PathExample {
  readonly path: string;
  readonly text: string;
}

/**
 * "Collapse" of the concept page, its blank written ε; and the blank that HELLO needs, "L ∅ L".
 *
 * Source: the concept page "Connectionist Temporal Classification (CTC)".
 */
export const conceptPage: readonly PathExample[] = [
  { path: "CCεAεTT", text: "CAT" },
  { path: "εCAAεTε", text: "CAT" },
  { path: "HELεLO", text: "HELLO" },
];

/**
 * The examples of a teaching notebook, and its picture of the sound, as our damaged copy reads; the
 * first and the last are wrong.
 *
 * Source: the teaching notebook on CTC, "CTC Alignment Rules" and "The Alignment Problem".
 */
export const teachingNotebook: readonly PathExample[] = [
  { path: "hεello", text: "hello" },
  { path: "hheεlo", text: "helo" },
  { path: "hεhelo", text: "hhelo" },
  { path: "hheellloo", text: "hello" },
];
