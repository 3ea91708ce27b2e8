import copied from "../fixtures/alignment-paper-tables.tsv" with { type: "text" };

/** The lines of a table of the alignment paper as cells; an empty cell is as the one above it. */
export function linesOf(table: number): string[][] {
  const [, body] = copied.split(`# Table ${table}\n`);
  let above: string[] = [];
  return body.split("#")[0].trimEnd().split("\n").map((line) => {
    const cells = line.split("\t");
    if (above.length === 0) { while (cells[0] === "") cells.shift(); // a line that lost its place
     }
    above = cells.map((cell, n) => cell === "" ? above[n] : cell);
    return above;
  });
}
