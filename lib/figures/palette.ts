/** The colours of the house, told apart by people with any colour vision. */
export const palette = {
  paper: "#ffffff",
  ink: "#1c2733",
  muted: "#5a6673",
  faint: "#c8ced6",
  grid: "#e8ebef",
  blstm: "#1f66b0",
  lstm: "#d95f0e",
  brnn: "#6f3fa0",
  rnn: "#c2558f",
  mlp: "#5f7a12",
  ffnn: "#1f7a70",
  blank: "#7d858f",
} as const;

/** A colour for every share from 0 to 1; what lies outside takes the colour of the end. */
export type ColorScale = (share: number) => string;

/**
 * A colour scale through evenly spaced stops, mixed in sRGB.
 *
 * @param stops Two or more colours as #rrggbb.
 *
 * @example
 * ```ts
 * import { colorScale } from "lib/figures/palette.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(colorScale("#ffffff", "#000000")(0.5), "#808080");
 * ```
 */
export function colorScale(...stops: string[]): ColorScale {
  const channels = stops.map((stop) => [1, 3, 5].map((i) => parseInt(stop.slice(i, i + 2), 16)));
  const last = stops.length - 1;
  return (share) => {
    const place = Math.min(1, Math.max(0, share)) * last;
    const n = Math.min(last - 1, Math.floor(place));
    const hex = channels[n].map((from, c) => {
      const mixed = from + (channels[n + 1][c] - from) * (place - n);
      return Math.round(mixed).toString(16).padStart(2, "0");
    });
    return `#${hex.join("")}`;
  };
}

/** Amplitude of a feature, from none to strong. */
export const signalScale: ColorScale = colorScale("#ffffff", "#8fcabb", "#1f7a70", "#06302f");

/** Probability of a label, from 0 to 1. */
export const labelScale: ColorScale = colorScale("#ffffff", "#8db8e2", palette.blstm, "#0b3563");

/** Probability of blank, from 0 to 1. */
export const blankScale: ColorScale = colorScale("#ffffff", "#c3c8ce", palette.blank);

/** A signed value, from its negative end (0) through zero (0.5) to its positive end (1). */
export const signedScale: ColorScale = colorScale(
  "#552a85",
  "#b69bd3",
  "#ffffff",
  "#86c08a",
  "#12602d",
);

/** The ink that can be read on a colour: paper on dark, ink on light. */
export function readableOn(color: string): string {
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(color.slice(i, i + 2), 16));
  return 0.299 * r + 0.587 * g + 0.114 * b < 140 ? palette.paper : palette.ink;
}
