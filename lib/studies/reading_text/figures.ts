import { dotRows, lattice, palette } from "../../figures/mod.ts";
import { mean } from "../../numeric/mod.ts";
import { decoderNames, type Results } from "./results.ts";
import { readerNames, readers } from "./sweep.ts";
import { colors, decoderTitles, titles } from "./titles.ts";

/** The study's figures, by the names of their files. */
export const figures = {
  "reading-text": characterErrors,
  "reading-text-words": wordErrors,
  "reading-text-alpha": forwardLattice,
};

/** Errors of characters by network and sound, and of who is told where letters are. */
function characterErrors({ errors, byLetter }: Results): SVGSVGElement {
  const rows = readerNames.map((name) => ({
    name: titles[name],
    color: colors[readers[name].network],
    values: errors[name].cer,
  }));
  return dotRows(rows, {
    title: "Text is read, if letters have sounds of their own",
    subtitle:
      "Character error rate of greedy decoding; a dot is one seed, the bar their mean. Broken lines: " +
      "who is told where every letter lies and judges each by its own sound, mean of the seeds.",
    x: { label: "character error rate", domain: [0, 0.8], ticks: [0, 0.2, 0.4, 0.6, 0.8] },
    format: (rate) => rate.toFixed(2),
    references: [
      { value: mean(byLetter["own sounds"]), name: "letters alone" },
      { value: mean(byLetter["toy features"]), name: "letters alone, toy features" },
    ],
    left: 250,
  });
}

/** Errors of words by decoder. */
function wordErrors({ decoded }: Results): SVGSVGElement {
  const shades = [palette.blstm, palette.blstm, palette.mlp, palette.ffnn];
  const rows = decoderNames.map((name, n) => ({
    name: decoderTitles[name],
    color: shades[n],
    values: decoded[name].wer,
  }));
  return dotRows(rows, {
    title: "Words repair what letters leave open",
    subtitle:
      "Word error rate of the same network, read in four ways; a dot is one seed, the bar their mean.",
    x: { label: "word error rate", domain: [0, 0.6], ticks: [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6] },
    format: (rate) => rate.toFixed(2),
    left: 250,
  });
}

/** α of "hi". */
function forwardLattice({ lattice: found }: Pick<Results, "lattice">): SVGSVGElement {
  const { states, logAlpha, paths } = found;
  return lattice([{ name: "log α", values: logAlpha, unit: "nats" }], {
    labels: states,
    title: 'All paths of "hi" at once',
    subtitle:
      `The sum over all ways to a state at a frame; ${paths} paths end in the last two states of ` +
      "the last frame. Empty cells are out of reach.",
  });
}
