import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { dataSet } from "lib/corpora/mod.ts";
import type { RandomState } from "lib/numeric/mod.ts";
import { TrainingStreams } from "lib/training/training_streams.ts";
import { smallExperiment } from "../support/experiments.ts";

const experiment = smallExperiment();
const { train } = dataSet(experiment.corpus, experiment.seed);
const draw = (rng: RandomState) => train.batch(rng, 2);

Deno.test("a batch that is drawn ahead is the one that would be drawn next, once", () => {
  const streams = new TrainingStreams(experiment), eager = new TrainingStreams(experiment);
  eager.drawAhead(draw);
  const ahead = [eager.takeBatch(draw), eager.takeBatch(draw)];
  assertEquals(ahead, [streams.takeBatch(draw), streams.takeBatch(draw)]);
  assertNotEquals(ahead[0].x, ahead[1].x);
});

Deno.test("the state of streams is the one before a batch that is drawn ahead, which going on draws again", () => {
  const eager = new TrainingStreams(experiment);
  const before = eager.getState();
  eager.drawAhead(draw);
  assertEquals(eager.getState(), before);
  const later = new TrainingStreams(experiment);
  later.takeBatch(draw);
  later.layers.randint(0, 9);
  later.drawAhead(draw);
  later.setState(before);
  assertEquals(later.getState(), before);
  assertEquals(later.takeBatch(draw), eager.takeBatch(draw));
  assertEquals(later.getState(), eager.getState());
});

Deno.test("every grid has a stream of its own, and one that is not the experiment's has none", () => {
  const [grid] = experiment.evaluations, other = { ...grid, stream: grid.stream + 1 };
  const streams = new TrainingStreams({ ...experiment, evaluations: [grid, other] });
  assertEquals(Object.keys(streams.getState()), [
    "training",
    "layers",
    "evaluations[0]",
    "evaluations[1]",
  ]);
  assertNotEquals(streams.ofGrid(grid).getState(), streams.ofGrid(other).getState());
  assertThrows(() => streams.ofGrid({ ...grid }), RangeError, "one of the experiment's own");
});
