/** One step of an alignment of what was said with what was heard: a missing side is a gap. */
export interface Edit {
  readonly said?: string;
  readonly heard?: string;
}

/** A phone heard as another, or not at all, or heard where nothing was said. */
export interface Confusion extends Edit {
  readonly count: number;
  /** Of all times that the phone was said; NaN where nothing was. */
  readonly share: number;
}

/**
 * Lays what was heard beside what was said: a shortest way of edits, of ways as short one with the
 * fewest substitutions, as PER counts them.
 *
 * @example
 * ```ts
 * import { alignLabels } from "lib/studies/phones_from_sound/confusions.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(alignLabels(["k", "ae", "t"], ["k", "eh"]), [
 *   { said: "k", heard: "k" },
 *   { said: "ae", heard: "eh" },
 *   { said: "t" },
 * ]);
 * ```
 */
export function alignLabels(said: readonly string[], heard: readonly string[]): Edit[] {
  const [M, N] = [said.length, heard.length], edit = Math.min(M, N) + 1;
  const through = (i: number, j: number) => said[i] === heard[j] ? 0 : edit + 1;
  /** [M + 1][N + 1] the cost of turning what is left from i and j on into each other */
  const cost = Array.from({ length: M + 1 }, () => new Float64Array(N + 1));
  for (let i = M; i >= 0; i--) {
    for (let j = N; j >= 0; j--) {
      if (i === M || j === N) cost[i][j] = edit * (M - i + N - j);
      else {
        cost[i][j] = Math.min(
          cost[i + 1][j + 1] + through(i, j),
          cost[i + 1][j] + edit,
          cost[i][j + 1] + edit,
        );
      }
    }
  }
  const edits: Edit[] = [];
  for (let i = 0, j = 0; i < M || j < N;) {
    if (i < M && j < N && cost[i][j] === cost[i + 1][j + 1] + through(i, j)) {
      edits.push({ said: said[i++], heard: heard[j++] });
    } else if (i < M && cost[i][j] === cost[i + 1][j] + edit) edits.push({ said: said[i++] });
    else edits.push({ heard: heard[j++] });
  }
  return edits;
}

/** Every error of aligned sentences, the most frequent first, then by name. */
export function confusions(sentences: readonly (readonly Edit[])[]): Confusion[] {
  const said = new Map<string | undefined, number>(), found = new Map<string, Edit>();
  const counts = new Map<string, number>();
  for (const edit of sentences.flat()) {
    said.set(edit.said, (said.get(edit.said) ?? 0) + 1);
    if (edit.said === edit.heard) continue;
    const name = `${edit.said ?? ""} ${edit.heard ?? ""}`;
    found.set(name, edit);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([name, count]) => {
    const edit = found.get(name)!;
    return { ...edit, count, share: edit.said === undefined ? NaN : count / said.get(edit.said)! };
  });
}
