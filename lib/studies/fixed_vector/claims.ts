import { below, type ClaimSpec, decimals, ordered, type Row } from "../../claims/mod.ts";
import { published } from "./published.ts";
import { type Decoder, decoders, lengths, type Results } from "./results.ts";
import { titles } from "./titles.ts";

const format = decimals(3);
/** What counts as solved, as in the write-up. */
const SOLVED = 0.05;
const SHORT = 2, MIDDLE = 5, LONG = 8;

/** The bottleneck, and what takes it away. */
export function claims(results: Results): ClaimSpec[] {
  const at = (decoder: Decoder, n: number) => results[decoder][lengths.indexOf(n)];
  const grows = (from: number, to: number): Row =>
    ordered(
      `label error rate, fixed vector: ${from} phones against ${to}`,
      { name: `${from} phones`, values: at("fixed vector", from) },
      { name: `${to} phones`, values: at("fixed vector", to) },
      { format },
    );
  const attending = decoders.filter((decoder) => decoder !== "fixed vector");
  return [{
    kind: "reproduction",
    title: "One fixed vector is a bottleneck: the longer the sequence, the more of it is lost",
    source: `Seq2Seq text: "${published.bottleneck}"`,
    states: "reproduced",
    rows: [
      below(`label error rate, fixed vector, ${SHORT} phones`, SOLVED, at("fixed vector", SHORT), {
        expected: `short ones are solved, below ${SOLVED}`,
        format,
      }),
      grows(SHORT, MIDDLE),
      grows(MIDDLE, LONG),
    ],
  }, {
    kind: "reproduction",
    title: "Attention takes the bottleneck away",
    source: `Seq2Seq text: "${published.attention}"`,
    states: "reproduced",
    rows: attending.map((decoder) =>
      below(`label error rate, ${titles[decoder]}, ${LONG} phones`, SOLVED, at(decoder, LONG), {
        expected: `long ones are solved, below ${SOLVED}`,
        format,
      })
    ),
  }];
}
