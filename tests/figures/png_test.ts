import { assertEquals, assertNotEquals } from "@std/assert";
import { element, label } from "lib/figures/document.ts";
import { toPixels, toPng } from "lib/figures/png.ts";

function page(...content: SVGElement[]): SVGSVGElement {
  const paper = element("rect", { width: 100, height: 40, fill: "#ffffff" });
  const options = { width: 100, height: 40, "font-family": "Inter, system-ui" };
  return element("svg", options, paper, ...content);
}

Deno.test("toPng() gives a PNG of twice the figure's size, or of the scale that is asked for", async () => {
  for (
    const [scale, expected] of [[undefined, [200, 80]], [3, [300, 120]]] as [
      number | undefined,
      number[],
    ][]
  ) {
    const png = await toPng(page(), { scale });
    const view = new DataView(png.buffer);
    assertEquals([...png.subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
    assertEquals([view.getUint32(16), view.getUint32(20)], expected);
  }
});

Deno.test("toPng() draws every character that the figures use, regular and semibold", async () => {
  const missing = (await toPixels(page(label(10, 30, "\u{10fffd}")))).rgba;
  for (const weight of [400, 600]) {
    for (const character of "Aiεαβ−–≤≥·|⁰¹²³⁴⁵⁶⁷⁸⁹⁻") {
      const { rgba } = await toPixels(page(label(10, 30, character, { "font-weight": weight })));
      assertEquals(rgba.some((value) => value !== 255), true, `"${character}" leaves no ink`);
      assertNotEquals(rgba, missing, `"${character}" is not in the font`);
    }
  }
});

Deno.test("toPng() draws a plot without a background on white, so that dark pages show it", async () => {
  const [bare, onPaper] = [element("svg", { width: 9, height: 9 }), page()];
  onPaper.setAttribute("width", "9");
  onPaper.setAttribute("height", "9");
  assertEquals(await toPng(bare), await toPng(onPaper));
});

Deno.test("toPng() gives the same bytes each time", async () => {
  const figure = page(label(10, 30, "frames"));
  assertEquals(await toPng(figure), await toPng(figure));
});
