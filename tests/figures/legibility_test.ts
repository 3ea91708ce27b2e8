import { assertEquals, assertGreater } from "@std/assert";
import { label } from "lib/figures/document.ts";
import { panels } from "lib/figures/panels.ts";
import { type Raster, toPixels } from "lib/figures/png.ts";
import { fullSize } from "./samples.ts";
import { type TextBox, textBoxes } from "./text_boxes.ts";

for (const [name, draw] of Object.entries(fullSize)) {
  Deno.test(`${name}: every text is drawn, whole, and apart from every other`, async () => {
    const figure = draw();
    assertEquals(await faults(figure), []);
  });
}

Deno.test("the check sees texts that are cut, that collide and that are not drawn", async () => {
  const figure = panels({
    title: "A title",
    subtitle: "",
    width: 200,
    height: 50,
    panels: [
      { x: 180, y: 20, content: label(0, 0, "cut off") },
      { x: 20, y: 20, content: label(0, 0, "one") },
      { x: 30, y: 22, content: label(0, 0, "another") },
      { x: 100, y: 20, content: label(0, 0, "pale", { fill: "#ffffff" }) },
    ],
  });
  assertEquals(await faults(figure), [
    '"cut off" is cut',
    '"pale" is not to be seen',
    '"one" and "another" collide',
  ]);
});

async function faults(figure: SVGSVGElement): Promise<string[]> {
  const boxes = await textBoxes(figure);
  assertGreater(boxes.length, 3);
  const width = Number(figure.getAttribute("width"));
  const height = Number(figure.getAttribute("height"));
  const cut = boxes.filter((box) =>
    !(box.left >= 2 && box.top >= 2 && box.right <= width - 2 && box.bottom <= height - 2)
  );
  const drawing = await toPixels(figure, { scale: 1 });
  assertEquals([drawing.width, drawing.height], [width, height]);
  const unseen = boxes.filter((box) => !cut.includes(box) && !hasInk(drawing, box));
  return [
    ...cut.map(({ text }) => `"${text}" is cut`),
    ...unseen.map(({ text }) => `"${text}" is not to be seen`),
    ...collisions(boxes),
  ];
}

/** Whether the pixels of a box differ. */
function hasInk({ rgba, width }: Raster, { left, right, top, bottom }: TextBox): boolean {
  const colors = new Set<number>();
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = 4 * (y * width + x);
      colors.add(rgba[at] << 16 | rgba[at + 1] << 8 | rgba[at + 2]);
    }
  }
  return colors.size > 1;
}

function collisions(boxes: readonly TextBox[]): string[] {
  return boxes.flatMap((a, n) =>
    boxes.slice(n + 1).filter((b) =>
      a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
    ).map((b) => `"${a.text}" and "${b.text}" collide`)
  );
}
