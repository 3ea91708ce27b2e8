import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { element, figureDocument, label } from "lib/figures/document.ts";
import { toGif } from "lib/figures/gif.ts";
import { toPixels, toPng } from "lib/figures/png.ts";
import { toXml } from "lib/figures/xml.ts";
import { toBundle } from "lib/jupyter/mod.ts";
import { samples } from "./samples.ts";

const SVG = "http://www.w3.org/2000/svg";
const XLINK = "http://www.w3.org/1999/xlink";
const nbsp = "\u00a0";

function svg(...content: (Node | string)[]): SVGSVGElement {
  return element("svg", { width: 90, height: 30 }, ...content);
}

/** Reads XML as a browser does; throws if it is not well-formed. */
function parsed(xml: string): Element {
  const { DOMParser } = figureDocument().defaultView as unknown as typeof globalThis;
  return new DOMParser().parseFromString(xml, "image/svg+xml").documentElement;
}

Deno.test("toXml() is outerHTML to the letter for every figure that the project draws", () => {
  for (const [name, draw] of Object.entries(samples)) {
    const figure = draw();
    assertEquals(toXml(figure) === figure.outerHTML, true, name);
  }
});

Deno.test("toXml() writes texts and attributes that an XML parser reads back", () => {
  for (
    const text of [
      `10${nbsp}ms`,
      "&nbsp; &amp; & &#160;",
      "a < b > c ]]>",
      `"quoted" 'twice'`,
      "xmlns=…",
      "one\r\ntwo\tthree\n",
      "π \u{1d4d0} 语",
      "",
    ]
  ) {
    const read = parsed(toXml(svg(label(1, 2, text, { "data-text": text }))));
    assertEquals(read.namespaceURI, SVG);
    assertEquals(read.firstElementChild!.textContent, text);
    assertEquals(read.firstElementChild!.getAttribute("data-text"), text);
  }
});

Deno.test("toXml() puts U+FFFD for what XML cannot hold", () => {
  const read = parsed(toXml(svg(label(1, 2, "a\x00\x08\x1b\ufffe\ud800z"))));
  assertEquals(read.textContent, "a\ufffd\ufffd\ufffd\ufffd\ufffdz");
});

Deno.test("toXml() declares the namespaces of links, of HTML and of unknown prefixes", () => {
  const use = element("use", { "xlink:href": "#a", "inkscape:label": "b", "@click": "c" });
  const image = element("image");
  image.setAttributeNS(XLINK, "href", "#c");
  image.setAttributeNS("http://www.w3.org/XML/1998/namespace", "xml:space", "preserve");
  const html = figureDocument().createElement("p");
  html.append("a", figureDocument().createElement("br"), "b");
  const xml = toXml(svg(use, image, element("foreignObject", {}, html)));
  assertStringIncludes(xml, "a<br/>b"); // a page reads <br></br> as two of them
  const read = parsed(xml);
  const [first, second, third] = read.children;
  assertEquals(first.getAttributeNS(XLINK, "href"), "#a");
  assertEquals(first.getAttribute("inkscape:label"), "b");
  assertEquals(second.getAttributeNS(XLINK, "href"), "#c");
  assertEquals(second.getAttribute("xml:space"), "preserve");
  assertEquals(third.firstElementChild!.namespaceURI, "http://www.w3.org/1999/xhtml");
  assertEquals(third.firstElementChild!.childNodes.length, 3);
});

Deno.test("toXml() declares what the figure has declared no second time", () => {
  const figure = element(
    "svg",
    { xmlns: SVG, "xmlns:xlink": XLINK },
    element("use", { "xlink:href": "#a" }),
  );
  assertEquals(toXml(figure), figure.outerHTML);
});

Deno.test("toPng() and toGif() draw a no-break space as a space, and take any other text", async () => {
  const [plain, broken] = ["10 ms", `10${nbsp}ms`].map((text) => svg(label(5, 20, text)));
  assertEquals(await toPixels(broken), await toPixels(plain));
  for (const text of [`80${nbsp}%`, "a\x01b < & >", "\ud800", "xmlns=…"]) {
    const figure = svg(label(5, 20, text, { "data-text": text }));
    assert((await toPng(figure)).length > 100);
    assert((await toGif([{ svg: figure, delay: 10 }])).length > 100);
  }
});

Deno.test("toBundle() shows a figure as XML, as element, by the kernel's method and as text", () => {
  const figure = svg(label(5, 20, `10${nbsp}ms`));
  const foreign = { outerHTML: figure.outerHTML, ...pick(figure) };
  for (const content of [figure, foreign as SVGSVGElement, figure.outerHTML]) {
    const { "image/svg+xml": xml } = toBundle(content) as Record<string, string>;
    assertStringIncludes(xml, `10${nbsp}ms`);
  }
  assertEquals(Symbol.for("Jupyter.display") in figure, true);
  assertEquals(Object.keys(toBundle(`<p>&nbsp;</p>`)), ["text/html"]);
  assertEquals(toBundle(`<p>&nbsp;</p>`)["text/html"], "<p>&nbsp;</p>");
});

/** A figure of another document than the figures' own: it has no method of the kernel's. */
function pick({ namespaceURI, localName, attributes, childNodes }: SVGSVGElement) {
  return { namespaceURI, localName, attributes, childNodes };
}
