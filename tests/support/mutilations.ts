import fc from "fast-check";

/** Ways to damage a file of at least two bytes: one byte changed, an end lost, two parts swapped. */
export const mutilation: fc.Arbitrary<(bytes: Uint8Array) => Uint8Array> = fc.oneof(
  fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })).map(
    ([at, change]) => (bytes: Uint8Array) => {
      const i = at % bytes.length;
      return bytes.with(i, bytes[i] ^ change);
    },
  ),
  fc.nat().map((at) => (bytes: Uint8Array) => bytes.slice(0, at % bytes.length)),
  fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 40 })).map(
    ([a, b, size]) => (bytes: Uint8Array) => {
      const [i, j] = [a % bytes.length, b % bytes.length];
      const swapped = bytes.slice();
      swapped.set(bytes.subarray(j, Math.min(j + size, bytes.length - Math.max(0, i - j))), i);
      swapped.set(bytes.subarray(i, Math.min(i + size, bytes.length - Math.max(0, j - i))), j);
      return swapped;
    },
  ),
);
