import fc from "fast-check";

/** One or two words of one or two letters from 1 to K - 1: equal neighbours are frequent. */
export const words = (K: number) =>
  fc.array(fc.array(fc.integer({ min: 1, max: K - 1 }), { minLength: 1, maxLength: 2 }), {
    minLength: 1,
    maxLength: 2,
  });

/** A scale, 0 and 1 among the likely ones. */
export const scale = fc.oneof(
  fc.constantFrom(0, 1, 0.5),
  fc.double({ min: 0, max: 2, noNaN: true }),
);

const loopForward = fc.double({ min: 0.05, max: 0.95, noNaN: true }).map((loop) => ({ loop }));

export const transitions = fc.record({ speech: loopForward, silence: loopForward });
