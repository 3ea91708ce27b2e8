/**
 * Whether a text is a number in decimals, such as "-1", ".5", "2." or "3e-3". It takes time in
 * proportion to the text: no digit can be taken in two ways.
 */
export function isDecimal(text: string): boolean {
  return /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i.test(text);
}
