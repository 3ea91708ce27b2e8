/**
 * Selects notebooks by the words a person typed: for each word the notebooks whose file name
 * begins with it or, if none does, contains it.
 *
 * @param files File names, such as `02_alignment.ipynb`.
 * @param words What was typed; none selects every notebook.
 * @returns The selected file names in alphabetical order.
 * @throws {RangeError} If a word selects nothing; the message names all notebooks.
 */
export function selectNotebooks(files: readonly string[], words: readonly string[]): string[] {
  const sorted = [...files].sort();
  if (words.length === 0) return sorted;
  const selected = new Set<string>();
  for (const word of words) {
    const name = word.replace(/^.*[/\\]/, "").replace(/\.ipynb$/, "");
    const starting = sorted.filter((file) => file.startsWith(name));
    const found = starting.length > 0 ? starting : sorted.filter((file) => file.includes(name));
    if (found.length === 0 || name === "") {
      const known = sorted.map((file) => file.replace(/\.ipynb$/, "")).join(", ") || "none";
      throw new RangeError(`no notebook is called "${word}": there are ${known}`);
    }
    for (const file of found) selected.add(file);
  }
  return sorted.filter((file) => selected.has(file));
}
