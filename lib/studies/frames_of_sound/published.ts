/** What the alignment paper says of frames and phones, section 7.1.1. */
export const published = {
  /** Mean length of a phone on Switchboard, milliseconds. */
  phoneMs: 80,
  /** Frames of 40 ms that this comes to: "about 2 frames per phoneme label". */
  framesPerPhone: 2,
} as const;
