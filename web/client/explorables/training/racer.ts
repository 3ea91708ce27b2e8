import { RandomState, sequenceAt } from "lib/numeric/mod.ts";
import { posterior } from "lib/studies/alignment_found/held_out.ts";
import { streams, Training } from "lib/training/mod.ts";
import type { RaceMessage, RaceRequest } from "./messages.ts";

/** Place of the sequence that is drawn in its batch: its target has labels that repeat. */
const SHOWN = 4;
/** Steps between two drawings. */
const DRAWN = 5;

/** Trains one model to its end, and says how it goes. */
export async function race(
  { experiment }: RaceRequest,
  say: (message: RaceMessage) => void,
): Promise<void> {
  const training = new Training(experiment);
  const rng = new RandomState(experiment.seed + streams.evaluation);
  const { x, targets, alignment } = training.data.dev.batch(rng, experiment.batch);
  const shown = sequenceAt(x, SHOWN);
  say({
    kind: "sequence",
    x: shown.data.slice(),
    target: targets[SHOWN],
    alignment: alignment!.slice(x.offsets[SHOWN], x.offsets[SHOWN + 1]),
    labels: training.data.labels,
  });
  const draw = () => {
    const probabilities = posterior(training, shown).data.map(Math.exp);
    say({ kind: "posterior", iter: training.iter, posterior: probabilities });
  };
  draw();
  // deno-lint-ignore require-await -- the training awaits it
  const onStep = async () => {
    if (training.iter % DRAWN === 0) draw();
  };
  for await (const row of training.rows({ onStep })) say({ kind: "row", row });
  say({ kind: "end" });
}
