import { assert, assertEquals, assertLess } from "@std/assert";
import { palette } from "lib/figures/palette.ts";
import { bothOf, darkOf, followTheme } from "../../web/build/dark.ts";

/** Contrast of two colours by WCAG 2, from 1 to 21. */
function contrast(a: string, b: string): number {
  const [dark, light] = [a, b].map(luminance).sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16) / 255)
    .map((x) => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

Deno.test("darkOf() turns paper dark and ink light, and every colour can be read there as well as on white, or well", () => {
  const paper = darkOf(palette.paper);
  assertLess(luminance(paper), 0.02);
  for (const name of ["ink", "muted", "blstm", "lstm", "brnn", "mlp", "ffnn"] as const) {
    const onWhite = contrast(palette[name], palette.paper);
    assert(contrast(darkOf(palette[name]), paper) >= Math.min(4.5, onWhite), `${name} on paper`);
  }
});

Deno.test("darkOf() keeps the order of a ramp: what stood out most still does", () => {
  const ramp = ["#ffffff", "#c3c8ce", "#7d858f", "#1c2733"].map(darkOf);
  const contrasts = ramp.map((color) => contrast(color, ramp[0]));
  assertEquals(contrasts.toSorted((a, b) => a - b), contrasts);
});

Deno.test("followTheme() gives every colour of a figure its dark twin, and leaves text and links alone", () => {
  const svg =
    '<g fill="#1c2733"><text stroke="white" fill="none">fill="#fff" url(#ff0000)</text></g>';
  assertEquals(
    followTheme(svg),
    `<g fill="${bothOf("#1c2733")}"><text stroke="${
      bothOf("#ffffff")
    }" fill="none">fill="#fff" url(#ff0000)</text></g>`,
  );
});
