import { palette } from "../../figures/mod.ts";
import type { DecoderName } from "./results.ts";
import type { Network, Reader } from "./sweep.ts";

/** What a person calls the networks on both kinds of sound. */
export const titles = {
  "deep speech": "convolution and GRUs",
  "plain rnn": "plain RNN",
  "deep speech, toy features": "convolution and GRUs, toy features",
  "plain rnn, toy features": "plain RNN, toy features",
} as const satisfies Readonly<Record<Reader, string>>;

/** Their colours. */
export const colors: Readonly<Record<Network, string>> = {
  "deep speech": palette.blstm,
  "plain rnn": palette.rnn,
};

/** What a person calls the decoders. */
export const decoderTitles = {
  greedy: "greedy",
  beam: "beam",
  lexicon: "beam and a lexicon",
  bigram: "… and a bigram model of words",
} as const satisfies Readonly<Record<DecoderName, string>>;
