/** Sorts and filters the ledger; the address says how, so that a view can be linked to. */
const table = document.querySelector<HTMLTableElement>("#claims")!;
const form = document.querySelector<HTMLFormElement>("#filters")!;
const count = document.querySelector<HTMLOutputElement>("#count")!;
const body = table.tBodies[0];
const rows = [...body.rows];

form.hidden = false;
for (const [name, value] of new URLSearchParams(location.search)) {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLSelectElement || field instanceof HTMLInputElement) field.value = value;
}
form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
filter();

function filter(): void {
  const wanted = [...new FormData(form)].filter(([, value]) => value !== "") as [string, string][];
  const words = (value: string) => value.toLowerCase().split(/\s+/).filter((word) => word !== "");
  let shown = 0;
  for (const row of rows) {
    const text = row.textContent!.toLowerCase();
    row.hidden = !wanted.every(([name, value]) =>
      name === "words"
        ? words(value).every((word) => text.includes(word))
        : row.dataset[name] === value
    );
    if (!row.hidden) shown++;
  }
  count.textContent = `${shown} of ${rows.length}`;
  const query = new URLSearchParams(wanted).toString();
  history.replaceState(null, "", query === "" ? location.pathname : `?${query}`);
}

for (const heading of table.tHead!.rows[0].cells) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = heading.textContent;
  heading.replaceChildren(button);
  button.addEventListener("click", () => sort(heading));
}

/** Sorts by a column, the other way round if it is sorted so already; equal rows keep the book's order. */
function sort(heading: HTMLTableCellElement): void {
  const down = heading.ariaSort === "ascending";
  for (const other of table.tHead!.rows[0].cells) other.removeAttribute("aria-sort");
  heading.ariaSort = down ? "descending" : "ascending";
  const key = (row: HTMLTableRowElement) => row.cells[heading.cellIndex].textContent!;
  const sorted = [...rows].sort((a, b) => key(a).localeCompare(key(b), "en"));
  body.append(...(down ? sorted.reverse() : sorted));
}

export {};
