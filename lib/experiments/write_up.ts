// Moved to lib/studies/write_up; here until everyone imports it from there.
export { writeUpExperiment, type WriteUpOverrides } from "../studies/write_up/sweep.ts";
