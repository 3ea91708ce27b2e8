import type { FfnnInit } from "../models/mod.ts";

/** An LSTM that runs from the first frame to the last, see `lstm()` and `peepholeLstm()`. */
export interface LstmLayerOptions {
  /** The LSTM. */
  readonly kind: "lstm";
  /** Number of cells H, the width of the output. */
  readonly hidden: number;
  /** Whether gates see the cell; defaults to false. */
  readonly peephole?: boolean;
}

/** Another recurrent layer that runs from the first frame to the last. */
export interface RecurrentLayerOptions {
  /** Which one. */
  readonly kind: "rnn" | "gru";
  /** Number of units H, the width of the output. */
  readonly hidden: number;
}

/** One hidden layer over a window of frames, see `windowMlp()`. */
export interface WindowLayerOptions {
  /** A hidden layer that sees a window of frames and nothing else. */
  readonly kind: "window";
  /** Number of units H, the width of the output. */
  readonly hidden: number;
  /** Frames seen to either side. */
  readonly radius: number;
}

/** A linear layer on every frame alone. */
export interface LinearLayerOptions {
  /** y = x W + b */
  readonly kind: "linear";
  /** Width of the output; defaults to the number of labels, which makes it the output layer. */
  readonly size?: number;
  /** How its weights start; defaults to `{ kind: "random" }`. */
  readonly init?: FfnnInit;
  /** Where the bias of output 0 starts, that of blank in an output layer; defaults to 0. */
  readonly blankBias?: number;
}

/** Values dropped at random in training, see `dropout()`. */
export interface DropoutLayerOptions {
  /** Dropout; it has as many outputs as inputs. */
  readonly kind: "dropout";
  /** Probability of being dropped, from 0 to below 1. */
  readonly rate: number;
}

/** Gaussian noise in training, see `inputNoise()`. */
export interface InputNoiseLayerOptions {
  /** Noise; it has as many outputs as inputs. */
  readonly kind: "inputNoise";
  /** Its standard deviation. */
  readonly deviation: number;
}

/** A convolution over time, see `conv1d()`. */
export interface Conv1dLayerOptions {
  /** The convolution. */
  readonly kind: "conv1d";
  /** Width of the output. */
  readonly size: number;
  /** Number of frames in a window. */
  readonly kernel: number;
  /** Frames from one window to the next; defaults to 1. */
  readonly stride?: number;
  /** Frames of zeros beyond either end of every sequence; defaults to 0. */
  readonly padding?: number;
  /** Groups of columns that are kept apart; defaults to 1. */
  readonly groups?: number;
}

/** A convolution over time and frequency, equal along both, see `conv2d()`. */
export interface Conv2dLayerOptions {
  /** The convolution. */
  readonly kind: "conv2d";
  /** Channels of every frequency of the output. */
  readonly channels: number;
  /** Channels of every frequency of the input; they divide its width. Defaults to 1. */
  readonly inputChannels?: number;
  /** Number of frames and of frequencies in a window. */
  readonly kernel: number;
  /** Frames and frequencies from one window to the next; defaults to 1. */
  readonly stride?: number;
  /** Zeros beyond either end of every sequence and frame; defaults to 0. */
  readonly padding?: number;
}

/** A layer without options, as wide at both ends. */
export interface PlainLayerOptions {
  /** See `layerNorm()`, `relu()` and `swish()`. */
  readonly kind: "layerNorm" | "relu" | "swish";
}

/** Multi-head self-attention, see `selfAttention()`. */
export interface AttentionLayerOptions {
  /** Self-attention; it has as many outputs as inputs. */
  readonly kind: "selfAttention";
  /** Number of heads; it divides the width. */
  readonly heads: number;
  /** Whether positions are relative; defaults to false. */
  readonly relative?: boolean;
}

/** Two linear layers with Swish between them, see `feedForward()`. */
export interface FeedForwardLayerOptions {
  /** A feed-forward layer; it has as many outputs as inputs. */
  readonly kind: "feedForward";
  /** How many times as wide it is inside; defaults to 4. */
  readonly expansion?: number;
  /** Probability of being dropped in training; defaults to 0. */
  readonly dropout?: number;
}

/** A Conformer block, see `conformer()`. */
export interface ConformerLayerOptions {
  /** The block; it has as many outputs as inputs. */
  readonly kind: "conformer";
  /** Number of attention heads; it divides the width. */
  readonly heads: number;
  /** Frames that the convolution sees at once, an odd number; defaults to 31. */
  readonly kernel?: number;
  /** How many times as wide the feed-forward layers are inside; defaults to 4. */
  readonly expansion?: number;
  /** Probability of being dropped in training; defaults to 0. */
  readonly dropout?: number;
  /** Whether attention knows distances; defaults to true. */
  readonly relative?: boolean;
}

/** Stretches of time and bands of frequency hidden in training, see `specAugment()`. */
export interface SpecAugmentLayerOptions {
  /** SpecAugment, mostly the first layer; it has as many outputs as inputs. */
  readonly kind: "specAugment";
  /** Masks over time, per sequence; defaults to 2. */
  readonly timeMasks?: number;
  /** Frames that a mask over time hides at most; defaults to 10. */
  readonly timeWidth?: number;
  /** Share of a sequence that a mask over time hides at most; defaults to 0.2. */
  readonly timeShare?: number;
  /** Masks over frequency, per sequence; defaults to 2. */
  readonly bandMasks?: number;
  /** Bands that a mask over frequency hides at most; defaults to 2. */
  readonly bandWidth?: number;
}

/** Any layer that holds no other. */
export type LeafLayerOptions =
  | LstmLayerOptions
  | RecurrentLayerOptions
  | WindowLayerOptions
  | LinearLayerOptions
  | DropoutLayerOptions
  | InputNoiseLayerOptions
  | Conv1dLayerOptions
  | Conv2dLayerOptions
  | PlainLayerOptions
  | AttentionLayerOptions
  | FeedForwardLayerOptions
  | ConformerLayerOptions
  | SpecAugmentLayerOptions;
