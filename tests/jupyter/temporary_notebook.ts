import { fileURLToPath } from "node:url";

/** The project's folder, as the runner's `root`. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[/\\]$/, "");

/** Runs a test on a notebook of these code cells, in a directory below the project's. */
export async function withNotebook(
  sources: readonly string[],
  run: (path: string) => Promise<void>,
  tags: Readonly<Record<number, string[]>> = {},
): Promise<void> {
  const dir = await Deno.makeTempDir({ dir: `${root}/tests/system`, prefix: ".notebooks-" });
  const cells = sources.map((source, i) => ({
    cell_type: "code",
    metadata: tags[i] ? { tags: tags[i] } : {},
    source,
    outputs: [],
    execution_count: null,
  }));
  try {
    const path = `${dir}/test.ipynb`;
    const notebook = { cells, metadata: {}, nbformat: 4, nbformat_minor: 4 };
    await Deno.writeTextFile(path, JSON.stringify(notebook));
    await run(path);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}
