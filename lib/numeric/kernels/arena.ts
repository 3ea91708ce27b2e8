/**
 * A stack of bytes in one buffer: what is taken last is given back first, all at once.
 */
export class Arena {
  readonly buffer: ArrayBuffer;
  #top: number;

  /**
   * @param buffer Where the bytes are; it must never be detached.
   * @param base The first byte that may be taken.
   */
  constructor(buffer: ArrayBuffer, base: number) {
    this.buffer = buffer;
    this.#top = alignUp(base);
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
    const at = this.#top;
    const top = alignUp(at + bytes);
    if (top > this.buffer.byteLength) return -1;
    this.#top = top;
    return at;
  }
}

/** Lines of the processor's cache have 64 bytes. */
function alignUp(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}
