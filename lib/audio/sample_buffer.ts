/** The last samples of a sound that comes piece by piece: those that are still needed. */
export class SampleBuffer {
  /** Which sample of the sound stands first. */
  start = 0;
  /** How many samples of the sound have come. */
  end = 0;
  /** The samples from `start` to `end` - 1, and room for more. */
  samples: Float64Array<ArrayBuffer> = new Float64Array(1024);

  /** Takes the next samples, and forgets those before sample `needed`. */
  push(samples: Float64Array, needed: number): void {
    const gone = Math.max(0, Math.min(needed, this.end) - this.start);
    const held = this.end - this.start - gone;
    if (held + samples.length > this.samples.length) {
      const larger = new Float64Array(2 * (held + samples.length));
      larger.set(this.samples.subarray(gone, gone + held));
      this.samples = larger;
    } else this.samples.copyWithin(0, gone, gone + held);
    this.samples.set(samples, held);
    this.start += gone;
    this.end += samples.length;
  }
}
