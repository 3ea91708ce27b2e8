// In place of node:crypto: the one function that the library asks of it.
import { sha256 } from "@noble/hashes/sha2.js";

/** A hash of bytes and texts, added one after the other, as `node:crypto` makes it. */
export function createHash(name: string) {
  if (name !== "sha256") throw new RangeError(`Cannot make the hash "${name}": expected "sha256"`);
  const hash = sha256.create();
  return {
    update(part: string | Uint8Array) {
      hash.update(typeof part === "string" ? new TextEncoder().encode(part) : part);
      return this;
    },
    digest(form: "hex") {
      if (form !== "hex") {
        throw new RangeError(`Cannot write the hash as "${form}": expected "hex"`);
      }
      return hash.digest().toHex();
    },
  };
}
