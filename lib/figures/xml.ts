const SVG = "http://www.w3.org/2000/svg";
const XLINK = "http://www.w3.org/1999/xlink";

/** What no XML document can hold, not even escaped. */
// deno-lint-ignore no-control-regex -- these are the characters that are meant
const FORBIDDEN = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

/** A name, with or without a prefix. */
const NAME = /^[\p{L}_][\p{L}\p{N}_.-]*(:[\p{L}_][\p{L}\p{N}_.-]*)?$/u;

/**
 * Writes an element as XML, as every reader of SVG files expects it. `outerHTML` is HTML: it has
 * `&nbsp;` for a no-break space, leaves `<br>` open and declares no prefix. Where both are right,
 * this is `outerHTML` to the letter. A character that XML cannot hold becomes U+FFFD.
 *
 * @param element The element; its namespace is declared, and every prefix that it uses.
 *
 * @example
 * ```ts
 * import { label } from "lib/figures/document.ts";
 * import { toXml } from "lib/figures/xml.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   toXml(label(3, 4, "10\u00a0ms & more")),
 *   '<text xmlns="http://www.w3.org/2000/svg" x="3" y="4">10\u00a0ms &amp; more</text>',
 * );
 * ```
 */
export function toXml(element: Element): string {
  return written(element, null, new Set(["xml", "xmlns"]));
}

/** An element within one of the namespace `outer`, where these prefixes have been declared. */
function written(element: Element, outer: string | null, declared: ReadonlySet<string>): string {
  const { localName, namespaceURI } = element;
  const attributes = new Map(
    [...element.attributes].map((attribute) => [nameOf(attribute), attribute.value] as const)
      .filter(([name]) => NAME.test(name)),
  );
  const declarations = new Map<string, string>();
  if (namespaceURI !== outer && !attributes.has("xmlns")) {
    declarations.set("xmlns", namespaceURI ?? "");
  }
  const known = new Set(declared);
  for (const name of attributes.keys()) {
    const [prefix, local] = name.split(":");
    if (prefix === "xmlns" && local) known.add(local);
  }
  for (const attribute of element.attributes) {
    const [prefix, local] = nameOf(attribute).split(":");
    if (!local || known.has(prefix) || !NAME.test(`${prefix}:${local}`)) continue;
    known.add(prefix);
    const space = attribute.namespaceURI ?? (prefix === "xlink" ? XLINK : `urn:${prefix}`);
    declarations.set(`xmlns:${prefix}`, space);
  }
  const start = [...declarations, ...attributes].map(([name, value]) => {
    const text = escaped(value).replaceAll('"', "&quot;").replaceAll("\t", "&#9;");
    return ` ${name}="${text.replaceAll("\n", "&#10;")}"`;
  });
  const content = [...element.childNodes].map((node) => {
    if (node.nodeType === 1) return written(node as Element, namespaceURI, known);
    return node.nodeType === 3 || node.nodeType === 4 ? escaped(node.nodeValue ?? "") : "";
  }).join("");
  const isOpen = content !== "" || namespaceURI === SVG;
  return `<${localName}${start.join("")}${isOpen ? `>${content}</${localName}>` : "/>"}`;
}

/** An attribute's name; DOM may know a link's namespace without a prefix. */
function nameOf({ name, localName, namespaceURI }: Attr): string {
  return namespaceURI === XLINK ? `xlink:${localName}` : name;
}

function escaped(text: string): string {
  return text.toWellFormed()
    .replace(FORBIDDEN, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("\r", "&#13;");
}
