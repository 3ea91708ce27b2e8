import fc from "fast-check";

/** Pieces that mean something to one reader or another. */
const pieces = [
  ...["\n", "\r", " ", "\t", '"', '""', "!", "<", ">", ";;", "*", "\\", "=", "{", "[", ",", "}"],
  ...[
    "-",
    "+",
    "0",
    "1",
    "-1",
    "1e999",
    "nan",
    "Infinity",
    "null",
    "\u00a0",
    "\0",
    "\ufeff",
    "\ud800",
  ],
  ...[
    "<exists>",
    "<absent>",
    "<ALT>",
    "<ALT_BEGIN>",
    "<ALT_END>",
    "<unk>",
    "<UNK>",
    "<s>",
    "\\end\\",
  ],
];

/** A text with one to three pieces deleted, doubled, put in or put in the place of another. */
export function mutilated(text: string): fc.Arbitrary<string> {
  const change = fc.record({
    at: fc.nat(text.length),
    length: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(text.length)),
    piece: fc.oneof(
      fc.constantFrom(...pieces),
      fc.string({ maxLength: 3 }),
      fc.constant(undefined),
    ),
  });
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) =>
    changes.reduce((text, { at, length, piece }) => {
      const cut = text.slice(at, at + length);
      return text.slice(0, at) + (piece ?? cut + cut) + text.slice(at + length);
    }, text)
  );
}
