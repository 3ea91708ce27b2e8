import { assertEquals, assertThrows } from "@std/assert";
import { placeLabels } from "lib/figures/curve_labels.ts";
import { element } from "lib/figures/document.ts";
import { finish } from "lib/figures/finish.ts";
import { colorScale, lattice, readableOn, weightMatrices } from "lib/figures/mod.ts";
import { panels } from "lib/figures/panels.ts";
import { matrix } from "lib/numeric/mod.ts";

Deno.test("finish() rounds coordinates, and leaves other text alone", () => {
  const group = element(
    "g",
    {},
    element("path", { d: "M1.23456,-0.001L3,4", transform: "translate(5.678,1e1)" }),
    element("text", { y: "0.32em" }, "1.23456"),
  );
  assertEquals(
    finish(group).innerHTML,
    '<path d="M1.23,0L3,4" transform="translate(5.68,1e1)"></path>' +
      '<text y="0.32em">1.23456</text>',
  );
});

Deno.test("finish() names what has an id after the figure's content", () => {
  const clipped = (id: string, r: number) =>
    finish(element(
      "g",
      {},
      element("clipPath", { id }, element("circle", { r })),
      element("g", { "clip-path": `url(#${id})` }),
    )).outerHTML;
  assertEquals(clipped("plot-clip-1", 3), clipped("plot-clip-99", 3));
  assertEquals(clipped("plot-clip-1", 3) === clipped("plot-clip-1", 4), false);
  const [, id, used] = /id="(.*?)".*url\(#(.*?)\)/.exec(clipped("plot-clip-7", 3))!;
  assertEquals(used, id);
});

Deno.test("panels() breaks a long subtitle and makes room for it", () => {
  const height = (subtitle: string) => {
    const figure = panels({ title: "A title", subtitle, width: 300, height: 10, panels: [] });
    return Number(figure.getAttribute("height"));
  };
  assertEquals(height("word ".repeat(20).trim()) - height("word"), 2 * 18);
  assertEquals(height("two\nlines") - height("one line"), 18);
});

Deno.test("colorScale() meets its stops and keeps its ends beyond them", () => {
  const scale = colorScale("#000000", "#ff0000", "#ffffff");
  assertEquals([-1, 0, 0.25, 0.5, 1, 7].map(scale), [
    "#000000",
    "#000000",
    "#800000",
    "#ff0000",
    "#ffffff",
    "#ffffff",
  ]);
  assertEquals([readableOn("#000000"), readableOn("#ffffff")], ["#ffffff", "#1c2733"]);
});

Deno.test("placeLabels() keeps names off curves, off each other and in the frame", () => {
  const frame = { left: 0, top: 0, right: 300, bottom: 100 };
  const curves = [
    { name: "BLSTM", points: [[0, 10], [100, 10], [130, 90], [300, 90]] as const },
    { name: "LSTM", points: [[0, 10], [200, 10], [230, 90], [300, 90]] as const },
  ];
  const places = placeLabels(curves, frame, 12);
  const boxes = places.map(({ x, y }, n) => {
    const w = 4 * curves[n].name.length;
    return { left: x - w, right: x + w, top: y - 6, bottom: y + 6 };
  });
  const [a, b] = boxes;
  assertEquals(a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom, false);
  for (const { left, right, top, bottom } of boxes) {
    assertEquals(left >= 0 && top >= 0 && right <= 300 && bottom <= 100, true);
    for (const { points } of curves) {
      for (const [n, [x1, y1]] of points.slice(1).entries()) {
        const [x0, y0] = points[n];
        for (let share = 0; share <= 1; share += 0.01) {
          const x = x0 + share * (x1 - x0), y = y0 + share * (y1 - y0);
          assertEquals(x > left && x < right && y > top && y < bottom, false);
        }
      }
    }
  }
});

Deno.test("placeLabels() leaves the ticks alone where everything is crowded", () => {
  const frame = { left: 60, top: 10, right: 300, bottom: 110 };
  for (const last of [20, 60, 109]) { // whatever the end of the curves, flat lines everywhere
    const lines = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 109].map((y) =>
      [[60, y], [300, y]] as const
    );
    const curves = ["BLSTM", "LSTM", "another"].map((name) => ({
      name,
      points: [[60, last], [300, last]] as const,
      around: lines,
    }));
    const boxes = placeLabels(curves, frame, 13).map(({ x, y }, n) => {
      const w = 0.66 * 13 * curves[n].name.length / 2;
      return { left: x - w, right: x + w, top: y - 6.5, bottom: y + 6.5 };
    });
    for (const [n, a] of boxes.entries()) {
      assertEquals(a.left >= 60 && a.right <= 300 && a.top >= 10 && a.bottom <= 110, true);
      for (const b of boxes.slice(n + 1)) {
        const apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top ||
          b.bottom <= a.top;
        assertEquals(apart, true);
      }
    }
  }
});

Deno.test("figures say what is wrong with their data", () => {
  assertThrows(
    () => weightMatrices({ W: matrix(1, 1) }),
    RangeError,
    'Cannot draw the weights as "0.Wx" must be among them: there are "W"',
  );
  assertThrows(
    () => lattice([{ name: "α", values: matrix(4, 3), unit: "nats" }], { labels: ["ε"] }),
    RangeError,
    'Cannot draw the lattice as "α" must have 1 columns, one per label: it has 3',
  );
});
