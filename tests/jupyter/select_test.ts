import { assertEquals, assertThrows } from "@std/assert";
import { selectNotebooks } from "lib/jupyter/runner/select.ts";

const files = ["02_alignment.ipynb", "01_corpus.ipynb", "05_alignment_found.ipynb"];

Deno.test("selectNotebooks() takes beginnings first, then parts of names, each notebook once", () => {
  assertEquals(selectNotebooks(files, []), [...files].sort());
  assertEquals(selectNotebooks(files, ["02", "02_alignment.ipynb"]), ["02_alignment.ipynb"]);
  assertEquals(selectNotebooks(files, ["alignment"]), [
    "02_alignment.ipynb",
    "05_alignment_found.ipynb",
  ]);
  assertEquals(selectNotebooks(files, ["notebooks/01_corpus.ipynb"]), ["01_corpus.ipynb"]);
  assertEquals(selectNotebooks(["02_a.ipynb", "12_02.ipynb"], ["02"]), ["02_a.ipynb"]);
});

Deno.test("selectNotebooks() names the notebooks there are when a word selects none", () => {
  assertThrows(
    () => selectNotebooks(files, ["07"]),
    RangeError,
    'no notebook is called "07": there are 01_corpus, 02_alignment, 05_alignment_found',
  );
  assertThrows(() => selectNotebooks(files, ["notebooks/"]), RangeError, 'called "notebooks/"');
});
