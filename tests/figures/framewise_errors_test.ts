import { assertEquals } from "@std/assert";
import { framewiseErrors } from "lib/figures/mod.ts";

/** The texts of the ticks, in % */
function ticks(errors: readonly number[]): string[] {
  const figure = framewiseErrors([{ name: "MLP", color: "#5f7a12", errors }]);
  const axis = figure.querySelector('[aria-label="x-axis tick label"]')!;
  return [...axis.querySelectorAll("text")].map((text) => text.textContent!);
}

Deno.test("framewiseErrors() has a tick at 0 and one at or beyond the largest error", () => {
  assertEquals(ticks([0, 0.043]), ["0", "0.1", "0.2", "0.5", "1", "2", "3", "5"]);
  assertEquals(ticks([0.05]).at(-1), "5");
  assertEquals(ticks([0.051]).at(-1), "10");
  assertEquals(ticks([1]).at(-1), "100");
  assertEquals(ticks([0, 0]), ["0", "0.1"]);
});
