import type { Sweep } from "../../experiments/mod.ts";
import { type TableKey, tableSweep } from "../synthetic_tables/mod.ts";

/** The study's sweeps, one per table. */
export const sweeps: {
  readonly "table-10": Sweep<TableKey<"table-10">>;
  readonly "table-13": Sweep<TableKey<"table-13">>;
} = {
  "table-10": tableSweep(
    "table-10",
    "Which prior a feed-forward network needs at ten frames per letter.",
  ),
  "table-13": tableSweep("table-13", "Whether the need for a prior comes with the frame rate."),
};
