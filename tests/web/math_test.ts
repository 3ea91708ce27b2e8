import { assertEquals } from "@std/assert";
import { RandomState } from "lib/numeric/mod.ts";
import * as rounded from "../../web/client/live/math/rounded.ts";

type Name = keyof typeof rounded;

/** Arguments of every size that a function is asked for. */
const draws: Record<Name, (rng: RandomState) => number> = {
  exp: (rng) => (rng.random() - 0.6) * 10 ** (4 * rng.random() - 1),
  log: (rng) => rng.random() < 0.5 ? rng.random() : 10 ** (20 * (rng.random() - 0.5)),
  log1p: (rng) => Math.exp((rng.random() - 0.8) * 60) * (rng.random() < 0.3 ? -0.01 : 1),
  expm1: (rng) => (rng.random() - 0.5) * 10 ** (4 * rng.random() - 3),
  log2: (rng) => 10 ** (20 * (rng.random() - 0.5)),
  sin: (rng) => (rng.random() - 0.5) * 10 ** (6 * rng.random() - 2),
  cos: (rng) => (rng.random() - 0.5) * 10 ** (6 * rng.random() - 2),
};

for (const name of Object.keys(draws) as Name[]) {
  Deno.test(`${name}() of a page has the bits of Deno's`, () => {
    const rng = new RandomState(11), n = name === "exp" || name === "log" ? 200_000 : 10_000;
    const others: number[][] = [];
    for (let i = 0; i < n; i++) {
      const x = draws[name](rng), [ours, deno] = [rounded[name](x), Math[name](x)];
      if (!Object.is(ours, deno)) others.push([x, ours, deno]);
    }
    assertEquals(others.slice(0, 5), []);
    for (const x of [0, -0, 1, -1, Infinity, -Infinity, NaN, 1e-320, 1e308, -1e308]) {
      assertEquals(rounded[name](x), Math[name](x), `of ${x}`);
    }
  });
}
