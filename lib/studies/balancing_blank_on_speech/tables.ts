import { median } from "../../numeric/mod.ts";
import { cellAt, setting } from "../alignment_settings/mod.ts";
import { bestCells, leastOf } from "../speech_setup/mod.ts";
import { fewLabels, manyLabels } from "./published.ts";
import type { Results } from "./results.ts";
import { type Method, methodsOf, type Unit, units } from "./sweep.ts";

const one = (value: number) => value.toFixed(1);
const middle = (values: readonly number[]) => one(median(values));

/** Table 4 as the paper has it: one training each, aligned against blank. */
export function table4Rows() {
  return [[fewLabels, "512 subwords"], [manyLabels, "10,000 subwords"]].flatMap((
    [table, labels],
  ) =>
    Object.entries(table).map(([method, { wer, tse, silence }]) => ({
      labels,
      method,
      "WER, %": one(wer),
      "TSE, ms": one(tse),
      "silence, %": one(silence),
    }))
  );
}

/** Every way to train, medians over seeds. */
export function byMethodRows({ known, unseen }: Results) {
  return units.flatMap((unit) =>
    methodsOf(unit).map((method: Method) => {
      const { per, asItIs, against } = known.trained[unit][method];
      const other = unseen.trained[unit][method];
      return {
        labels: unit,
        method,
        "errors, %": middle(per),
        "TSE as it is, ms": middle(asItIs.tse),
        "TSE against blank, ms": middle(against.tse),
        "silence, %": middle(against.silence),
        "unseen voice: errors": middle(other.per),
        "TSE against blank": middle(other.against.tse),
      };
    })
  );
}

/** The best setting of each kind, chosen on known voices. */
export function bySettingRows({ known, unseen }: Results) {
  return units.flatMap((unit: Unit) => {
    const best = bestCells(known.cells[unit]), least = leastOf(known.cells[unit]);
    return Object.entries(best).map(([kind, cell]) => ({
      labels: unit,
      kind: cell === least ? `${kind} (least)` : kind,
      setting: setting(cell),
      "TSE, ms": middle(cell.tse),
      "of centres": middle(cell.tseCenter),
      "silence, %": middle(cell.silence),
      "unseen voice: TSE": middle(cellAt(unseen.cells[unit], cell).tse),
    }));
  });
}
