import { assertEquals } from "@std/assert";
import { ctcTopology, gradientTopology, hmmTopology, type Topology } from "lib/alignment/mod.ts";
import { automata } from "lib/figures/mod.ts";
import { palette } from "lib/figures/palette.ts";

const target = [1, 2, 2, 3];
const topologies: Record<string, Topology> = {
  HMM: hmmTopology([[1, 2, 2], [3]], { silence: 0 }),
  CTC: ctcTopology(target),
  gradients: gradientTopology(target),
};

for (const [name, topology] of Object.entries(topologies)) {
  const figure = automata([{ name, topology }], { names: [..."εabc"] });
  const drawn = (selector: string) => [...figure.querySelectorAll(selector)];

  Deno.test(`automata() draws every state and arc of ${name}, and what may start and end`, () => {
    const S = topology.labels.length;
    const some = (weights: Float64Array) => weights.filter((w) => w > -Infinity).length;
    assertEquals(drawn("circle").length, S + some(topology.final));
    const arrows = some(topology.initial);
    assertEquals(drawn("path[fill=none]").length, topology.outgoing.state.length);
    assertEquals(drawn("path[stroke=none]").length, topology.outgoing.state.length + arrows);
    const texts = drawn("text[text-anchor=middle]").map(({ textContent }) => textContent).join("");
    assertEquals(texts, [...topology.labels].map((k) => "εabc"[k]).join(""));
  });

  Deno.test(`automata() paints orange only what joins equal labels: ${name}`, () => {
    const expected = name === "gradients" ? 1 : 0;
    assertEquals(drawn(`g[stroke="${palette.lstm}"]`).length, expected);
  });
}

Deno.test("automata() draws a topology without a label to skip to", () => {
  const figure = automata([{ name: "CTC", topology: ctcTopology([]) }], { names: ["ε"] });
  assertEquals(figure.querySelectorAll("circle").length, 2);
});
