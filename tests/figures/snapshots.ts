/**
 * The figures of `samples.ts` as text. To look at what changed and keep it:
 *
 *     deno run --allow-env --allow-read=tests --allow-write=tests/fixtures/figures \
 *       tests/figures/snapshots.ts --update
 *
 * @module
 */
import { samples } from "./samples.ts";

/** A figure's text with coordinates of one decimal, ids counted from 1, and one element a line. */
export function normalised(figure: SVGSVGElement): string {
  const ids = new Map<string, string>();
  return figure.outerHTML
    .replace(/figure-[0-9a-f]{8}-\d+/g, (id) => {
      if (!ids.has(id)) ids.set(id, `id-${ids.size + 1}`);
      return ids.get(id)!;
    })
    .replace(/-?\d+\.\d+/g, (n) => String(Math.round(Number(n) * 10) / 10 + 0))
    .replace(/></g, ">\n<") + "\n";
}

if (import.meta.main) {
  if (!Deno.args.includes("--update")) {
    console.error("snapshots: nothing done: --update writes tests/fixtures/figures/*.svg anew");
    Deno.exit(2);
  }
  for (const [name, draw] of Object.entries(samples)) {
    await Deno.writeTextFile(
      new URL(`../fixtures/figures/${name}.svg`, import.meta.url),
      normalised(draw()),
    );
  }
}
