/** Writes a number with a fixed number of decimals and the proper minus. */
export function formatNumber(value: number, decimals: number): string {
  const text = Number.isFinite(value)
    ? value.toFixed(decimals).replace(/^-(?=[0.]*$)/, "") // no minus before a zero
    : String(value).replace("Infinity", "∞");
  return text.replace("-", "−");
}

/**
 * Writes the values of a table's column alike: numbers with as many decimals as give the largest
 * three significant digits, whole numbers without; other values as they print.
 */
export function formatColumn(values: readonly unknown[], decimals?: number): string[] {
  const numbers = values.filter((value): value is number => Number.isFinite(value));
  const largest = numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const whole = numbers.every((value) => Number.isInteger(value));
  const fitting = whole || largest === 0
    ? 0
    : Math.min(12, Math.max(0, 2 - Math.floor(Math.log10(largest))));
  return values.map((value) =>
    typeof value === "number" ? formatNumber(value, decimals ?? fitting) : String(value ?? "")
  );
}

/** Whether a cell reads as a figure: "12", "−0.5 ± 0.1", "2.2×", "≤ 5 ms", or "–" for none. */
export function isFigure(text: string): boolean {
  return /^([<>≤≥≈] ?)?[−+]?(\d[\d.,]*|∞|NaN|–)(e[−+]?\d+)?( ± [\d.]+)?( ?(%|×|[mµn]?s|[kM]B))?$/
    .test(text) || text === "";
}

/** Escapes text for HTML content and attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
