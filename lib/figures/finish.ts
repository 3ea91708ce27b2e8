/** Attributes that hold coordinates, which are rounded. */
const COORDINATES = [
  ...["d", "transform", "points", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r"],
  ...["width", "height"],
];

/**
 * Makes a figure fit to be kept, in place: coordinates of two decimals, so that the last bits of a
 * machine's arithmetic do not show, and ids that follow from the figure's own content, so that the
 * same data gives the same text and no two figures on one page share an id by chance.
 */
export function finish<E extends Element>(figure: E): E {
  for (const node of [figure, ...figure.querySelectorAll("*")]) {
    for (const name of COORDINATES) {
      const value = node.getAttribute(name);
      if (value?.includes(".")) node.setAttribute(name, roundNumbers(value));
    }
  }
  renameIds(figure, (n) => `id-${n}`); // Plot counts its clip paths over all plots ever made
  const hash = fnv1a(figure.outerHTML);
  renameIds(figure, (n) => `figure-${hash}-${n}`);
  return figure;
}

function roundNumbers(text: string): string {
  return text.replace(/-?\d*\.\d+(e[-+]?\d+)?/g, (n) => String(Math.round(Number(n) * 100) / 100));
}

function renameIds(figure: Element, nameOf: (n: number) => string): void {
  const named = [...figure.querySelectorAll("[id]")];
  const names = new Map(named.map((node, n) => [node.id, nameOf(n + 1)]));
  for (const node of named) node.id = names.get(node.id)!;
  for (const node of figure.querySelectorAll("*")) {
    for (const { name, value } of [...node.attributes]) {
      const id = /^(?:url\()?#([^)]+)\)?$/.exec(value)?.[1];
      if (id !== undefined && names.has(id)) {
        node.setAttribute(name, value.replace(`#${id}`, `#${names.get(id)}`));
      }
    }
  }
}

/** The 32-bit FNV-1a hash of a text, in hexadecimal. */
function fnv1a(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
