import { automata, lattice } from "../../figures/mod.ts";
import { fooBar, type Results, topologiesOf, type TopologyName } from "./results.ts";

/** The study's figures, by the names of their files. */
export const figures = {
  "automata": (): SVGSVGElement => {
    const topologies = topologiesOf(fooBar.words);
    return automata([
      { name: "HMM: silence around words alone", topology: topologies.HMM },
      { name: "CTC: blank anywhere, and between equal letters", topology: topologies.CTC },
      { name: "Gradient scores: blank anywhere", topology: topologies["gradient scores"] },
    ], { names: fooBar.names, title: "“foo bar” as three automata" });
  },
  "state-shares-hmm": (results: Results): SVGSVGElement =>
    stateShares(results, "HMM", "HMM: letters get most of the sum"),
  "state-shares-ctc": (results: Results): SVGSVGElement =>
    stateShares(results, "CTC", "CTC: blank gets over a third of the sum, a little everywhere"),
};

function stateShares({ shares }: Results, name: TopologyName, title: string): SVGSVGElement {
  return lattice([{ name, values: shares[name], unit: "share" }], {
    labels: Array.from(topologiesOf(fooBar.words)[name].labels, (k) => fooBar.names[k]),
    title,
    subtitle: "Share of all paths in each state, every label as likely as any other.",
  });
}
