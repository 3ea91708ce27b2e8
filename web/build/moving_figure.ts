import { runSpans } from "lib/alignment/mod.ts";
import { palette, signalScale } from "lib/figures/palette.ts";
import { escapeHtml } from "lib/jupyter/format.ts";
import { heldOut, posterior } from "lib/studies/alignment_found/held_out.ts";
import { Training, writeUpExperiment } from "lib/experiments/mod.ts";
import { bothOf } from "./dark.ts";
import { type Frame, packFrames } from "./moving_frames.ts";
import { answers, CELL, LEFT, pathTop, readings, SOUND, soundTop, WIDTH } from "./moving_parts.ts";

/** Steps of the training that is shown, and from one picture of it to the next. */
const STEPS = 300, EVERY = 10;

/**
 * CTC in one moving figure: what the write-up's BLSTM makes of one sequence that it never learns from,
 * while it trains. The page shows the last step; `web/client/moving_figure.ts` moves it.
 */
export function movingFigure(): string {
  const training = new Training(writeUpExperiment("blstm", 0, { iters: STEPS }));
  const { x, target, alignment } = heldOut(0);
  const frames: Frame[] = [];
  let labels = 0;
  for (let step = 0; step <= STEPS; step += EVERY) {
    while (training.iter < Math.max(1, step)) training.step();
    const { data, cols } = posterior(training, x);
    labels = cols;
    frames.push({ step: training.iter, probs: Float64Array.from(data, Math.exp) });
  }
  const last = frames[frames.length - 1];
  const packed = escapeHtml(JSON.stringify(packFrames(frames, labels)));
  const alt =
    `What a network hears above, the probability of blank and of each label at each frame ` +
    `in the middle, and what it reads below: first nothing but blank, after ${last.step} steps one ` +
    `spike for each phone, ${target.join(" ")}.`;
  const height = pathTop(x.cols, labels) + 96;
  return `<figure class="moving" data-bands="${x.cols}" data-frames="${packed}">
<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${alt}">
${sound(x, runSpans(alignment))}
${answers(last.probs, labels, x.cols)}
${readings(last.probs, labels, x.cols)}
<text class="small" x="${LEFT}" y="${height - 6}">what was said: <tspan class="strong">${
    target.join(" ")
  }</tspan></text>
</svg>
<figcaption><div class="controls" hidden><button type="button">Play</button>
<label>training step <input type="range" min="0" max="${frames.length - 1}" step="any" value="${
    frames.length - 1
  }"></label> <output>${last.step}</output></div>
<p>One sentence that training never sees. Above, what the network hears, with the true phones, which
nobody tells it. In the middle, its probability of blank and of each label at each frame. Below, the
likeliest label of each frame; then repeats merged and blanks dropped.</p></figcaption>
</figure>`;
}

/** The features as a map, band 0 at the bottom, and the true phones over them. */
function sound(
  { rows: T, cols: F, data }: ReturnType<typeof heldOut>["x"],
  phones: ReturnType<typeof runSpans>,
): string {
  const cells = Array.from({ length: T * F }, (_, i) => {
    const t = Math.floor(i / F), band = i % F, color = signalScale(data[i] / 1.5);
    return color === palette.paper
      ? ""
      : `<rect x="${LEFT + CELL * t}" y="${
        soundTop + SOUND * (F - 1 - band)
      }" width="${CELL}" height="${SOUND}" fill="${bothOf(color)}"/>`;
  });
  const bars = phones.map(({ label, start, end }) =>
    `<path class="true" d="M${LEFT + CELL * start},${soundTop - 5}H${LEFT + CELL * end}"/>` +
    `<text class="true" x="${LEFT + CELL * (start + end) / 2}" y="${soundTop - 10}">${label}</text>`
  );
  return `<g shape-rendering="crispEdges">${cells.join("")}</g><g>${
    bars.join("")
  }<text class="small side" x="${LEFT - 10}" y="${soundTop + SOUND * F / 2 + 4}">hears</text></g>`;
}
