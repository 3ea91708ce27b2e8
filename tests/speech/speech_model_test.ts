import { assertEquals, assertThrows } from "@std/assert";
import { encodeCheckpoint } from "lib/models/mod.ts";
import { matrix, RandomState } from "lib/numeric/mod.ts";
import { hearingOf, readSpeechModel, speechModel } from "lib/speech/mod.ts";
import { buildModel } from "lib/training/build_model.ts";
import { speechExperiment, untaught } from "../support/speech_models.ts";

Deno.test("every corpus of speech says its rate, frames, labels and silence without being opened", () => {
  const said = ([
    { kind: "voices", stack: 4 },
    { kind: "voices", labels: "letters" },
    { kind: "digits" },
    { kind: "digits", features: { stack: 3, deltas: 0 } },
    { kind: "timit" },
    { kind: "timit", phones: "39", silence: "blank", features: { shiftMs: 5, deltas: 1 } },
    { kind: "recordings", labels: ["a", "b"], unit: "characters", sampleRate: 8000 },
    { kind: "recordings", labels: ["a"], features: { base: "log-mel", deltas: 0 } },
  ] as const).map((corpus) => {
    const { features, names, silence, unit } = hearingOf(corpus);
    const { sampleRate, frameSeconds, cols } = features;
    return [sampleRate, frameSeconds, cols, names.length, silence && names[silence], unit];
  });
  assertEquals(said, [
    [16000, 0.04, 156, 42, "pau", "phones"],
    [16000, 0.01, 39, 28, "pau", "characters"],
    [8000, 0.01, 39, 11, undefined, "words"],
    [8000, 0.03, 39, 11, undefined, "words"],
    [16000, 0.01, 39, 62, "h#", "phones"],
    [16000, 0.005, 26, 39, undefined, "phones"],
    [8000, 0.01, 39, 3, undefined, "characters"],
    [16000, 0.01, 40, 2, undefined, "phones"],
  ]);
});

Deno.test("corpora that are no speech, and recordings whose labels nobody knows, are refused", () => {
  assertThrows(() => hearingOf({ kind: "phonemes" }), RangeError, 'its corpus is "phonemes"');
  assertThrows(() => hearingOf({ kind: "recordings" }), RangeError, "corpus.labels is missing");
});

Deno.test("a model that joins frames has no row for every frame, and is refused", () => {
  const model = { kind: "blstm", hidden: 2, layers: 2, pyramid: true } as const;
  assertThrows(
    () => untaught({ kind: "voices" }, { model }),
    RangeError,
    "must give one output per frame: it gives 500 for 1000",
  );
});

Deno.test("a model that is read from a file says what the same model in memory says", () => {
  const experiment = speechExperiment({ kind: "voices", stack: 4 });
  const params = buildModel(experiment.model, 156, 42).init(new RandomState(1));
  const bytes = encodeCheckpoint(params, { experiment: JSON.stringify(experiment) });
  const x = matrix(5, 156);
  assertEquals(
    readSpeechModel(bytes).posteriors([x]),
    speechModel(experiment, params).posteriors([x]),
  );
});

Deno.test("files that are no model of speech are refused, and the message says why", () => {
  const refused = (metadata: Record<string, string>) => () =>
    readSpeechModel(encodeCheckpoint({}, metadata));
  assertThrows(refused({}), SyntaxError, "hold no experiment");
  assertThrows(refused({ experiment: "{" }), SyntaxError, "its experiment is not valid");
  const experiment = speechExperiment({ kind: "voices" });
  assertThrows(refused({ experiment: JSON.stringify(experiment) }), RangeError, "is missing");
});

Deno.test("whether blank lies between labels is the criterion's to say", () => {
  const blanks = (criterion: Parameters<typeof speechExperiment>[1]) =>
    untaught({ kind: "voices" }, criterion).blanks;
  assertEquals(blanks({ criterion: { kind: "ctc" } }), true);
  assertEquals(blanks({ criterion: { kind: "framewise" } }), false);
  assertEquals(blanks({ criterion: { kind: "full-sum", topology: "hmm" } }), false);
  const prior = { kind: "static", priorScale: 0.3 } as const;
  assertEquals(blanks({ criterion: { kind: "full-sum", prior } }), true);
});
