import type { Sound } from "lib/audio/mod.ts";
import type { Twin } from "lib/numeric/kernels/mod.ts";
import type { RecordingAlignment } from "lib/speech/mod.ts";
import type { SiteFiles } from "../../live/deno.ts";

/** What the page asks of its listener. */
export type VoiceRequest =
  | { readonly kind: "site"; readonly site: SiteFiles }
  /** A sound, and what it says; an empty text asks for the phones alone. */
  | { readonly kind: "hear"; readonly sound: Sound; readonly text: string; readonly name: string }
  /** A sound for a text, by a synthesiser. */
  | { readonly kind: "speak"; readonly text: string };

/** What is heard in a sound. */
export interface HeardSound {
  /** What is drawn, as SVG; undefined where no text was given. */
  readonly svg?: string;
  /** [T, K] probabilities */
  readonly posteriors: Float32Array;
  /** The name of every label. */
  readonly names: readonly string[];
  /** Phones on the best path, as text. */
  readonly phones: string;
  /** Words in time; empty where no text was given. */
  readonly words: RecordingAlignment["words"];
  /** A file for Praat. */
  readonly textGrid: string;
}

/** What it says. */
export type VoiceMessage =
  /** It can be asked; what it computes with. */
  | { readonly kind: "listening"; readonly kernels: Twin }
  | { readonly kind: "heard"; readonly heard: HeardSound }
  | { readonly kind: "spoken"; readonly sound: Sound }
  | { readonly kind: "failed"; readonly message: string };
