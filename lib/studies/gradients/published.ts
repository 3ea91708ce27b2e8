/**
 * The write-up's gradient check: the largest relative error, and how many weights it sampled.
 *
 * Source: the write-up timit-blstm-ctc, "Running" and "Numerical gradient check".
 */
export const sampledErrors = {
  blstm: { maxRelativeError: 1.12e-7, checked: 88 },
  lstm: { maxRelativeError: 2.04e-8, checked: 52 },
} as const;
