import MiniSearch, { type SearchResult } from "minisearch";
import { searchOptions, type Section } from "../build/search_options.ts";

/** Searches the index of the book for what the field in the bar holds, while one types. */
const field = document.querySelector<HTMLInputElement>('input[name="q"]')!;
const results = document.querySelector<HTMLOListElement>("#results")!;
const state = document.querySelector<HTMLElement>("#state")!;
const MOST = 30;

const index = fetch("assets/search.json").then((answer) => answer.text())
  .then((text) => MiniSearch.loadJSON<Section>(text, searchOptions));

field.value = new URLSearchParams(location.search).get("q") ?? "";
field.focus();
field.addEventListener("input", () => void search());
field.form!.addEventListener("submit", (event) => {
  event.preventDefault();
  void search();
});
void search();

async function search(): Promise<void> {
  const query = field.value.trim();
  const found = (await index).search(query);
  if (field.value.trim() !== query) return; // somebody typed on
  history.replaceState(
    null,
    "",
    query === "" ? location.pathname : `?q=${encodeURIComponent(query)}`,
  );
  state.textContent = query === "" ? "Type what to look for." : places(found.length, query);
  results.replaceChildren(...found.slice(0, MOST).map(entry));
}

function places(n: number, query: string): string {
  if (n === 0) return `Nothing found for “${query}”.`;
  return `${n} ${n === 1 ? "place" : "places"} for “${query}”${
    n > MOST ? `, the first ${MOST}` : ""
  }.`;
}

function entry({ id, heading, chapter, start }: SearchResult): HTMLLIElement {
  const item = document.createElement("li"), link = document.createElement("a");
  const where = document.createElement("p"), text = document.createElement("p");
  link.href = id;
  link.textContent = heading;
  where.className = "where";
  where.textContent = heading === chapter ? "" : chapter;
  text.textContent = start;
  item.append(link, where, text);
  return item;
}
