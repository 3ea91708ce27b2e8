import { assertEquals } from "@std/assert";
import { separatedBlank } from "lib/criteria/mod.ts";
import { bestPath, separatedBestPath } from "lib/decoding/mod.ts";
import { matrix } from "lib/numeric/mod.ts";

Deno.test("separatedBestPath() of equals takes the lowest label, blank among them, as bestPath()", () => {
  // With two labels, a blank of logit 0 and the other label are equally likely.
  const W = matrix(1, 2), b = matrix(1, 2);
  for (const blank of [0, 1]) {
    const { path } = separatedBestPath(matrix(2, 1), W, b, { blank });
    assertEquals([...path], [0, 0]);
    assertEquals(path, bestPath(separatedBlank({ blank }).logProbs(matrix(2, 2))));
  }
  // Two labels that are equal, and likelier than blank.
  const biased = matrix(1, 3, [0, -5, 0]);
  assertEquals([...separatedBestPath(matrix(1, 1), matrix(1, 3), biased, { blank: 1 }).path], [0]);
});
