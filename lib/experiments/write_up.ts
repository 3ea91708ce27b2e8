// Moved to lib/studies/write_up; here until everyone imports it from there.
export { writeUpExperiment, type WriteUpOverrides } from "../studies/write_up/sweep.ts";
/** The write-up's gradient check, until notebook 03 has a study of its own. */
export const writeUpFigures = {
  gradcheck: {
    blstm: { maxRelativeError: 1.12e-7, checked: 88 },
    lstm: { maxRelativeError: 2.04e-8, checked: 52 },
  },
} as const;
