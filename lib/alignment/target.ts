/**
 * Checks the labels of a target against its blank (or silence).
 *
 * @param name What the label without a place in the target is called, for the message.
 * @throws {TypeError} If the target is no list.
 * @throws {RangeError} Naming the first label that is not a whole number from 0 to 2^31 - 1 other
 * than `blank`.
 */
export function requireTarget(target: readonly number[], blank: number, name = "blank"): void {
  requireList("a target", target);
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

/** @throws {TypeError} If `list` is neither an array nor a typed one. */
export function requireList(name: string, list: unknown): void {
  if (Array.isArray(list) || ArrayBuffer.isView(list)) return;
  throw new TypeError(`Cannot align ${name} as it must be a list of labels: it is ${list}`);
}
