import { assertEquals, assertThrows } from "@std/assert";
import { ctcLoss } from "lib/criteria/mod.ts";
import { ctcGradient } from "lib/figures/mod.ts";
import { matrix } from "lib/numeric/mod.ts";

const texts = (figure: SVGSVGElement) =>
  [...figure.querySelectorAll("text")].map((text) => text.textContent);

Deno.test("ctcGradient() writes softmax, v, their difference and its sum, without −0.00", () => {
  // Two frames, blank and one label: εa, aa, aε, so v is 1/3 for blank and 2/3 for a.
  const written = texts(ctcGradient(ctcLoss(matrix(2, 2), [1]), { labels: ["ε", "a"] }));
  const count = (text: string) => written.filter((other) => other === text).length;
  assertEquals(["0.50", "0.33", "0.67", "0.17", "−0.17", "0.00"].map(count), [4, 2, 2, 2, 2, 2]);
  assertEquals(count("−0.00"), 0);
});

Deno.test("ctcGradient() without a name for each label says so", () => {
  assertThrows(
    () => ctcGradient(ctcLoss(matrix(2, 3), [1]), { labels: ["ε", "a"] }),
    RangeError,
    "Cannot draw the gradient as there must be one name for each of 3 labels: there are 2",
  );
});
