import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { encodeCheckpoint } from "lib/models/mod.ts";
import { readModel, Training } from "lib/training/mod.ts";
import { smallExperiment } from "../support/experiments.ts";
import { mutilation } from "../support/mutilations.ts";

Deno.test("a model that is damaged in any way is refused in one line, or has the shapes of its experiment", () => {
  const { params, experiment } = new Training(smallExperiment());
  const bytes = encodeCheckpoint(params, { experiment: JSON.stringify(experiment) });
  const shapes = (read: typeof params) =>
    Object.entries(read).map(([name, { rows, cols, data }]) => [name, rows, cols, data.length]);
  const header = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
  fc.assert(
    fc.property(fc.boolean(), mutilation, (inHeader, mutilate) => {
      const damaged = inHeader
        ? new Uint8Array([...mutilate(bytes.slice(0, header)), ...bytes.subarray(header)])
        : mutilate(bytes);
      try {
        assertEquals(shapes(readModel(damaged).params), shapes(params));
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        assertEquals(error.message.includes("\n"), false);
      }
    }),
    { numRuns: 400 },
  );
});
