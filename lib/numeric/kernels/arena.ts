/**
 * A stack of bytes in one buffer: what is taken last is given back first, all at once.
 */
export class Arena {
  readonly buffer: ArrayBuffer;
  readonly #reserve: number;
  #top: number;

  /**
   * @param buffer Where the bytes are; it must never be detached.
   * @param base The first byte that may be taken.
   * @param reserve Bytes at the end that {@link Arena.take} leaves to {@link Arena.takeReserved}.
   */
  constructor(buffer: ArrayBuffer, base: number, reserve: number = 0) {
    this.buffer = buffer;
    this.#reserve = reserve;
    this.#top = alignUp(base);
  }

  /** How many bytes are free, the reserve among them. */
  get free(): number {
    return this.buffer.byteLength - this.#top;
  }

  /** The first free byte, to {@link Arena.release} to. */
  mark(): number {
    return this.#top;
  }

  /** Gives back everything taken since `mark`. */
  release(mark: number): void {
    this.#top = mark;
  }

  /** The address of the first of `bytes` bytes of any content; -1 if there are not as many. */
  take(bytes: number): number {
    return this.#takeBelow(this.buffer.byteLength - this.#reserve, bytes);
  }

  /** {@link Arena.take}, of the reserve as well. */
  takeReserved(bytes: number): number {
    return this.#takeBelow(this.buffer.byteLength, bytes);
  }

  #takeBelow(end: number, bytes: number): number {
    const at = this.#top;
    const top = alignUp(at + bytes);
    if (top > end) return -1;
    this.#top = top;
    return at;
  }
}

/** Lines of the processor's cache have 64 bytes. */
function alignUp(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}
