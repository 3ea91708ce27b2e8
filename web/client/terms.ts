/** Shows what a word of the glossary means while the pointer or the focus is on it. */
const meanings = document.getElementById("terms");
const tip = document.createElement("div");
tip.id = "tip";
tip.className = "tip";
tip.role = "tooltip";
tip.hidden = true;
document.body.append(tip);

function show(term: HTMLAnchorElement): void {
  const id = decodeURIComponent(term.hash.slice(1));
  const meaning = meanings?.querySelector(`[data-term="${CSS.escape(id)}"]`);
  if (!meaning) return;
  tip.replaceChildren(...[...meaning.childNodes].map((node) => node.cloneNode(true)));
  tip.hidden = false;
  term.setAttribute("aria-describedby", tip.id);
  const { left, bottom, top } = term.getBoundingClientRect();
  const { width, height } = tip.getBoundingClientRect();
  const room = document.documentElement.clientWidth - width - 8;
  const below = bottom + height + 8 < innerHeight;
  tip.style.left = `${Math.max(8, Math.min(left, room)) + scrollX}px`;
  tip.style.top = `${(below ? bottom + 6 : top - height - 6) + scrollY}px`;
}

function hide(): void {
  tip.hidden = true;
  document.querySelector('[aria-describedby="tip"]')?.removeAttribute("aria-describedby");
}

for (const term of document.querySelectorAll<HTMLAnchorElement>("a.term")) {
  term.addEventListener("pointerenter", () => show(term));
  term.addEventListener("focus", () => show(term));
  term.addEventListener("pointerleave", hide);
  term.addEventListener("blur", hide);
}
document.addEventListener("keydown", ({ key }) => {
  if (key === "Escape") hide();
});

export {};
