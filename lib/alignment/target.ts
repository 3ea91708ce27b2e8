/**
 * Checks the labels of a target against its blank (or silence).
 *
 * @param name What the label without a place in the target is called, for the message.
 * @throws {RangeError} Naming the first label that is not a whole number from 0 to 2^31 - 1 other
 * than `blank`.
 */
export function requireTarget(target: readonly number[], blank: number, name = "blank"): void {
  if (!Number.isInteger(blank) || blank < 0) {
    throw new RangeError(
      `Cannot align a target as ${name} must be a whole number >= 0: current value is ${blank}`,
    );
  }
  target.forEach((label, i) => {
    if (!Number.isInteger(label) || label < 0 || label > 0x7fffffff || label === blank) {
      throw new RangeError(
        `Cannot align a target as its labels must be whole numbers from 0 to 2147483647 other ` +
          `than ${name} (${blank}): label ${i} is ${label}`,
      );
    }
  });
}
