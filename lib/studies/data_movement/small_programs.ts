import { priceOf } from "../../bytedmd/mod.ts";

const add = (x: number, y: number) => x + y;
const times = (x: number, y: number) => x * y;

/** Prices of small programs that come with the measure, and ours. */
export function pricesOfSmallPrograms(): { program: string; expected: number; price: number }[] {
  const sum = priceOf(
    { a: [1], b: [1], c: [1] },
    ({ a: [a], b: [b], c: [c] }, tape) => tape.apply(add, tape.apply(add, a, b), c),
  ).cost;
  return [
    { program: "(a + b) + c", expected: 6, price: sum },
    { program: "a₀b₀ + a₁b₁", expected: 11, price: product(1, 2, 1) },
    { program: "2 × 2 matrix times vector", expected: 26, price: product(2, 2, 1) },
    { program: "2 × 2 matrix product", expected: 57, price: product(2, 2, 2) },
    { program: "3 × 3 matrix product", expected: 258, price: product(3, 3, 3) },
    { program: "4 × 4 matrix product", expected: 720, price: product(4, 4, 4) },
  ];
}

/** What it costs to multiply an m × n matrix by an n × l one, by rows, then columns. */
export function product(m: number, n: number, l: number): number {
  return priceOf(
    { A: Array(m * n).fill(1), B: Array(n * l).fill(1) },
    ({ A, B }, tape) =>
      Array.from({ length: m * l }, (_, cell) => {
        const i = Math.floor(cell / l), j = cell % l;
        const term = (k: number) => tape.apply(times, A[i * n + k], B[k * l + j]);
        let sum = term(0);
        for (let k = 1; k < n; k++) sum = tape.apply(add, sum, term(k));
        return sum;
      }),
  ).cost;
}
