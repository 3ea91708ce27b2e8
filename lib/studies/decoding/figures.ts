import { linePanels, meanLine, palette, valueMap } from "../../figures/mod.ts";
import { mean } from "../../numeric/mod.ts";
import { fusionBonuses, fusionWeights } from "./fusion.ts";
import { atContrast, type ContrastGain, type Results } from "./results.ts";
import { tuningSeeds } from "./sweep.ts";

/** The study's figures, by the names of their files. */
export const figures = {
  "decoding-fusion": fusionGrid,
  "decoding-gain": fusionGains,
  "decoding-width": widthCurves,
};

const WITH_LM = "#c2410c";

/** PER by weight and bonus where they are chosen. */
function fusionGrid({ gains }: Pick<Results, "gains">): SVGSVGElement {
  const { grid, lmWeight, insertionBonus } = atContrast(gains.heard);
  return valueMap({
    title: `Shallow fusion is best at α = ${lmWeight}, β = ${insertionBonus}`,
    subtitle: "PER by weight α of the language model and bonus β for every label, at the " +
      `${tuningSeeds.length} seeds on which both are chosen. Left column: no language model. ` +
      "Framed: the best. Colours end at three times the least PER.",
    columns: { label: "weight α", values: fusionWeights },
    rows: { label: "bonus β, nats", values: fusionBonuses },
    values: grid,
    unit: "PER",
  });
}

/** PER without and with the language model by its perplexity; thin lines are single seeds. */
function fusionGains({ gains }: Pick<Results, "gains">): SVGSVGElement {
  const all = Object.values(gains).flat();
  const top = Math.ceil(20 * Math.max(...all.flatMap(({ alone, fused }) => [...alone, ...fused])));
  const most = Math.ceil(Math.max(...all.flatMap(({ perplexity }) => perplexity)));
  const panel = (network: string, gains: readonly ContrastGain[]) => ({
    title: `${network}: phoneme error rate (PER), errors per label`,
    domain: [0, top / 20] as const,
    ticks: Array.from({ length: top + 1 }, (_, n) => n / 20),
    format: (per: number) => per.toFixed(2),
    series: ([
      { name: "beam alone", color: palette.blstm, of: "alone" },
      { name: "with language model", color: WITH_LM, of: "fused" },
    ] as const).map(({ name, color, of }) => ({
      name,
      color,
      dots: true,
      points: gains.map((gain) => [mean(gain.perplexity), mean(gain[of])] as const),
      around: gains[0].perplexity.map((_, n) =>
        gains.map((gain) => [gain.perplexity[n], gain[of][n]] as const)
      ),
    })),
  });
  return linePanels({
    title: "A language model is worth what the network has not learned",
    subtitle:
      "PER of the beam by the language model's perplexity: where that is low, there is much to " +
      "know. Thin lines are single seeds.",
    x: {
      label: "perplexity of the language model",
      domain: [1, most],
      ticks: Array.from({ length: most }, (_, n) => n + 1),
    },
    right: 170,
    panels: [
      panel("Network trained on the chain", gains.heard),
      panel("Network trained on labels drawn blindly", gains.blind),
    ],
  });
}

/** What the width of the beam buys and what it costs: PER above, prefixes looked at below. */
function widthCurves(
  { widths: points, greedyPart }: Pick<Results, "widths" | "greedyPart">,
): SVGSVGElement {
  const widths = points.map(({ width }) => width);
  const [first, last] = [widths[0], widths[widths.length - 1]];
  const greedy = mean(greedyPart);
  const top = Math.max(greedy, ...points.flatMap(({ per }) => per));
  const highest = Math.ceil(top * 20) / 20;
  const prefixes = points.map(({ prefixes }) => prefixes);
  const lowest = Math.floor(Math.log10(Math.min(...prefixes)));
  const tens = Math.ceil(Math.log10(Math.max(...prefixes)));
  return linePanels({
    title: "A width of 4 has all there is to gain; beyond it only the cost grows",
    subtitle: "Above: the phoneme error rate, thin lines single seeds. Below: how many prefixes " +
      "a sequence takes.",
    x: { label: "beam width (log scale)", domain: [first, last], scale: "log", ticks: widths },
    panels: [{
      title: "Phoneme error rate (PER), errors per label",
      domain: [0, highest],
      ticks: Array.from({ length: 6 }, (_, n) => n * highest / 5),
      format: (per) => per.toFixed(2),
      series: [{
        name: "beam",
        color: palette.blstm,
        dots: true,
        ...meanLine(points.map(({ width }) => width), points.map(({ per }) => per)),
      }, {
        name: "greedy",
        color: palette.muted,
        dashed: true,
        points: [[first, greedy], [last, greedy]],
      }],
    }, {
      title: "Prefixes looked at, mean per sequence (log scale)",
      domain: [10 ** lowest, 10 ** tens],
      scale: "log",
      ticks: Array.from({ length: tens - lowest + 1 }, (_, n) => 10 ** (lowest + n)),
      series: [{
        name: "prefixes",
        color: "#1f7a70",
        dots: true,
        points: points.map(({ width, prefixes }) => [width, prefixes] as const),
      }],
    }],
  });
}
