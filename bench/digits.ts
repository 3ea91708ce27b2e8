/** Three significant digits, in plain notation. */
export function digits(x: number): string {
  return x >= 1000 ? x.toFixed(0) : String(Number(x.toPrecision(3)));
}
