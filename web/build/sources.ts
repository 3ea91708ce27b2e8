/** Sources that are named in the same words throughout the book, by how a claim begins to name them. */
const known: readonly (readonly [start: RegExp, name: string])[] = [
  [/^the write-up\b/, "the write-up"],
  [/^the alignment paper\b/, "the alignment paper"],
  [/^(?:the )?concept page\b/, "the concept page"],
  [/^Seq2Seq text\b/, "the Seq2Seq text"],
];

/** A paper by its authors and year. */
const PAPER = /^\p{Lu}[^,:;]*? (?:19|20)\d\d(?=[,:;]|$)/u;

/** The work that a claim's source begins with; what the book says of itself is "this project". */
export function workOf(source: string): string {
  return known.find(([start]) => start.test(source))?.[1] ?? PAPER.exec(source)?.[0] ??
    "this project";
}
