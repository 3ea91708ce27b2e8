/** Most bytes that the tables of one alignment may take: 8 GiB. */
export const mostBytes = 2 ** 33;

/**
 * Checks, before anything is allocated, that tables of T frames and S states are of a size that a
 * machine may have.
 *
 * @param doing What they are needed for, to start the message with: "Cannot … as".
 * @param bytes What they take together.
 * @throws {RangeError} If that is more than {@link mostBytes}: it says how much, and what to do.
 *
 * @example
 * ```ts
 * import { requireRoom } from "lib/numeric/mod.ts";
 * import { assertThrows } from "@std/assert";
 *
 * requireRoom("align", 3000, 401, 3000 * 401);
 * assertThrows(() => requireRoom("align", 1e6, 1e5, 1e11), RangeError, "they take 93.1 GiB");
 * ```
 */
export function requireRoom(doing: string, T: number, S: number, bytes: number): void {
  if (bytes > mostBytes) {
    throw new RangeError(
      `Cannot ${doing} as tables of ${T} frames and ${S} states must take at most ` +
        `${inGiB(mostBytes)}: they take ${
          inGiB(bytes)
        }. Cut the recording at pauses and take the ` +
        `parts one by one`,
    );
  }
}

/** Bytes for a message, such as "2.5 GiB", or "0.3 MiB" where they are few. */
export function inGiB(bytes: number): string {
  if (bytes < 2 ** 27) return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}
