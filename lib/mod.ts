/**
 * Connectionist Temporal Classification (CTC) and what stands beside it: corpora, layers, losses,
 * alignment and decoding, in plain TypeScript that asks for no permission. This is the short list
 * of what a study needs first, in the order in which it needs it; each group names the room that
 * has the rest, such as `lib/alignment/mod.ts`, or `@unsegmented/ctc/alignment` as a package.
 *
 * - **Values** (`numeric`): a matrix, a batch of sequences laid end to end, where chance comes from.
 * - **Corpora** (`corpora`): what is heard, drawn from a seed.
 * - **Models** (`models`): layers, each a pair of `forward` and `backward`, and stacks of them.
 * - **Criteria** (`criteria`): losses over every alignment, with their gradients.
 * - **Systems** (`systems`): layers and criterion together: what is trained, and what recognises.
 * - **Training** (`training`, `experiments`): an experiment is a plain value, a training a generator
 *   of evaluation rows; a checkpoint keeps the weights.
 * - **Alignment** (`alignment`): which frame belongs to which label.
 * - **Decoding** (`decoding`): from posteriors to labels, with a language model or without.
 * - **Metrics** (`metrics`): how far that is from the truth.
 * - **Statistics and checks** (`numeric`, `claims`): spread over seeds, and gradients held against
 *   differences; the rules that turn numbers into verdicts are in `claims`.
 *
 * Plots are in `figures`, which draws with Observable Plot.
 *
 * @example A bidirectional LSTM learns, from nothing but an experiment's plain values
 * ```ts
 * import { train, writeUpExperiment } from "lib/mod.ts";
 * import { assertEquals, assertLess } from "@std/assert";
 *
 * const experiment = writeUpExperiment("blstm", 0, { iters: 20, hidden: 4, batch: 4 });
 * const rows = await Array.fromAsync(train(experiment));
 * assertEquals(rows.map(({ iter }) => iter), [1, 20]);
 * assertLess(rows[1].nll, rows[0].nll);
 * ```
 *
 * @module
 */

export { matrix, RandomState, sequences } from "./numeric/mod.ts";
export type { Allocate, Matrix, Params, RandomStreamState, Sequences } from "./numeric/mod.ts";
export type { Precision } from "./numeric/kernels/mod.ts";
export type { SpeechFeatureOptions } from "./audio/mod.ts";

export { phonemeCorpus, wordCorpus } from "./corpora/mod.ts";
export type {
  AugmentOptions,
  Corpus,
  CorpusFolders,
  DataSet,
  DigitOptions,
  HomophoneCorpusOptions,
  Knowledge,
  LabelledBatch,
  LabelUnit,
  LetterCorpusOptions,
  NoiseOf,
  PhonemeCorpus,
  PhonemeCorpusOptions,
  PhoneSet,
  RecordingOptions,
  ReferenceBatch,
  Signatures,
  Source,
  TimitOptions,
  Unit,
  Voice,
  VoiceFeatures,
  VoiceNoise,
  VoicesOptions,
  WordBatch,
  WordCorpus,
  WordCorpusOptions,
} from "./corpora/mod.ts";

export {
  bidirectional,
  blstm,
  conformer,
  conv1d,
  gru,
  layerNorm,
  linear,
  lstm,
  rnn,
  selfAttention,
  stack,
} from "./models/mod.ts";
export type {
  Checkpoint,
  ConformerOptions,
  Context,
  Conv1dOptions,
  ConvolutionCache,
  FfnnInit,
  FrameStep,
  GruCache,
  Heads,
  Layer,
  LayerNormCache,
  LstmCache,
  RnnCache,
  SelfAttentionCache,
  SteppedFrame,
  Stepping,
} from "./models/mod.ts";

export {
  ctcBatchLoss,
  ctcLoss,
  framewiseBatchLoss,
  fullSumBatchLoss,
  fullSumLoss,
  transducerLoss,
} from "./criteria/mod.ts";
export type {
  CtcBatchLoss,
  CtcLoss,
  FramewiseBatchLoss,
  FullSumBatchLoss,
  FullSumLoss,
  FullSumLossOptions,
  NormalizedGradient,
  Output,
  Prior,
  TransducerLoss,
} from "./criteria/mod.ts";

export {
  attentionSystem,
  ctcCriterion,
  framewise,
  framewiseCriterion,
  fullSumCriterion,
  transducer,
} from "./systems/mod.ts";
export type {
  Able,
  AttentionOptions,
  AttentionSearchOptions,
  AttentionSystem,
  AttentionSystemOptions,
  BatchGradients,
  DecodeOptions,
  FrameCriterion,
  FramewiseSystem,
  GivenLabel,
  GradientNormOptions,
  LabelGradient,
  LabelGradientOptions,
  RecognisedSequence,
  Recognition,
  SmoothingOptions,
  System,
  TopologyKind,
  TopologyOptions,
  TransducerOptions,
  TransducerStream,
  TransducerSystem,
} from "./systems/mod.ts";

export { Adam, readModel, train, writeUpExperiment } from "./experiments/mod.ts";
export type {
  AdamOptions,
  AlignmentErrors,
  AlignmentMetrics,
  AlignmentOptions,
  AnyModelOptions,
  AttentionCriterion,
  AttentionLayerOptions,
  BidirectionalOptions,
  ConformerLayerOptions,
  Conv1dLayerOptions,
  Conv2dLayerOptions,
  CorpusOptions,
  CriterionOptions,
  DecoderOptions,
  DelayOptions,
  DropoutLayerOptions,
  ErrorOptions,
  Errors,
  EvaluationGrid,
  EvaluationRow,
  Experiment,
  FeedForwardLayerOptions,
  FfnnModelOptions,
  FrameCriterionOptions,
  FrameMetrics,
  FrameOptions,
  FullSumCriterion,
  GradientAlignmentOptions,
  GradientMethod,
  GradientWay,
  InputNoiseLayerOptions,
  LayerOptions,
  LayersOptions,
  LeafLayerOptions,
  LinearLayerOptions,
  LstmLayerOptions,
  MeasureOptions,
  MeasureResults,
  MlpModelOptions,
  ModelOptions,
  OneCycle,
  Optimizer,
  OptimizerOptions,
  OptimizerState,
  OwnAlignment,
  PlainLayerOptions,
  PredictionOptions,
  RecurrentLayerOptions,
  ResidualOptions,
  RnnModelOptions,
  Schedule,
  SpecAugmentLayerOptions,
  Timing,
  TimingOptions,
  TrainedModel,
  TransducerCriterion,
  WarmUp,
  WindowLayerOptions,
  WordErrors,
  WrapperOptions,
  WriteUpOverrides,
} from "./experiments/mod.ts";
export { decodeCheckpoint, encodeCheckpoint } from "./models/mod.ts";

export { ctcTopology, hmmTopology, labelPaths, runSpans, viterbi } from "./alignment/mod.ts";
export type {
  Alignment,
  Arcs,
  HmmTopologyOptions,
  Interval,
  LoopForward,
  PathScoreOptions,
  PrefixReading,
  ScoredSpan,
  Span,
  Topology,
  Transitions,
  ViterbiOptions,
} from "./alignment/mod.ts";

export {
  collapse,
  greedyDecode,
  hotwords,
  ngramModel,
  prefixBeamSearch,
  prefixSearch,
  readArpa,
  trainNgram,
} from "./decoding/mod.ts";
export type {
  HotwordOptions,
  Hypothesis,
  LabelSearchOptions,
  LanguageModel,
  Ngram,
  NgramLabels,
  NgramModel,
  PrefixBeamSearchOptions,
  PrefixSearchOptions,
  PrefixSearchResult,
  TrainNgramOptions,
} from "./decoding/mod.ts";

export {
  blankRate,
  editDistance,
  frameAccuracy,
  labelErrorRate,
  timeStampError,
} from "./metrics/mod.ts";
export type {
  AccuracyByPosition,
  BlankDiagnostics,
  BoundaryErrors,
  EditCounts,
  TimeStampError,
} from "./metrics/mod.ts";

export { gradcheck } from "./gradcheck.ts";
export type * from "./gradcheck.ts";
export { median, pairedDifference, spreadOf } from "./numeric/mod.ts";
export type { ConfidenceInterval, Spread } from "./numeric/mod.ts";

export { version } from "./version.ts";
