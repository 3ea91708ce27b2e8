import type { Claim } from "lib/claims/mod.ts";
import { CLAIM_MIME } from "lib/jupyter/claim_mime.ts";
import type { MediaBundle } from "lib/jupyter/display.ts";
import { escapeHtml } from "lib/jupyter/format.ts";
import { claimCard, verdictLabel } from "../../build/claim_card.ts";
import { inlineSvg } from "../../build/figure.ts";
import { tableOf } from "../../build/table.ts";
import type { CellError, CellOutput } from "./messages.ts";

/** A claim that a cell judged, and the verdict that is committed. */
export interface Judged {
  readonly claim: Claim;
  /** Undefined where the committed page has no such claim. */
  readonly committed?: string;
}

/** Where a cell shows what it shows, as it comes. */
export class Outputs {
  /** What stands in the page. */
  readonly element: HTMLElement = document.createElement("div");
  /** The claims that it showed. */
  readonly judged: Judged[] = [];
  readonly #places = new Map<string, HTMLElement>();
  readonly #committed: readonly Element[];
  #printed?: HTMLElement;

  /** @param committed Where the cell's committed outputs are. */
  constructor(committed: Element) {
    this.element.className = "outputs live";
    this.#committed = [...committed.querySelectorAll(".claim")];
  }

  /** Shows one more output, or draws again in a place that has a name. */
  add(output: CellOutput): void {
    if (output.kind === "print") return this.#print(output.text);
    this.#printed = undefined;
    const { bundle, place } = output;
    let parent = place === undefined ? undefined : this.#places.get(place);
    if (parent === undefined) {
      parent = document.createElement("div");
      this.element.append(parent);
      if (place !== undefined) this.#places.set(place, parent);
    }
    const claim = bundle[CLAIM_MIME] as Claim | undefined;
    if (claim === undefined) show(parent, bundle);
    else parent.replaceChildren(this.#judge(claim));
  }

  /** Shows what ended the cell. */
  fail({ name, message, line }: CellError): void {
    const where = line === undefined ? "" : ` (line ${line})`;
    const text = document.createElement("pre");
    text.className = "printed error";
    text.tabIndex = 0;
    text.textContent = `${name}: ${message}${where}`;
    this.element.append(text);
  }

  #print(text: string): void {
    if (this.#printed === undefined) {
      this.#printed = document.createElement("pre");
      this.#printed.className = "printed";
      this.#printed.tabIndex = 0;
      this.element.append(this.#printed);
    }
    this.#printed.append(text);
  }

  /** A claim as it stands on the page, with both verdicts. */
  #judge(claim: Claim): Element {
    const card = this.#committed[this.judged.length];
    const committed = card?.querySelector(".kind .verdict")?.textContent ?? undefined;
    this.judged.push({ claim, committed });
    const id = `${card?.id ?? `claim-of-${claim.title}`}-live`;
    const whole = fromHtml(claimCard(claim, id));
    const beside = committed === undefined
      ? "no committed verdict"
      : `committed ${verdictLabel(claim.kind, committed as Claim["verdict"])}`;
    const same = committed === claim.verdict;
    whole.querySelector(".kind")!.innerHTML = `${escapeHtml(claim.kind)} judged here ` +
      `${verdictLabel(claim.kind, claim.verdict)} · ${beside}` +
      (committed === undefined ? "" : same ? " – the same" : " – <strong>not the same</strong>");
    return whole;
  }
}

function show(parent: HTMLElement, bundle: MediaBundle): void {
  const svg = bundle["image/svg+xml"], html = bundle["text/html"];
  if (typeof svg === "string") parent.replaceChildren(figureOf(svg));
  else if (typeof html === "string") showHtml(parent, html);
  else if (typeof bundle["image/png"] === "string") {
    parent.replaceChildren(image("png", bundle["image/png"]));
  } else if (typeof bundle["image/gif"] === "string") {
    parent.replaceChildren(image("gif", bundle["image/gif"]));
  } else {
    const text = document.createElement("pre");
    text.className = "printed";
    text.tabIndex = 0;
    text.textContent = String(bundle["text/plain"] ?? "");
    parent.replaceChildren(text);
  }
}

function figureOf(svg: string): Element {
  const alt = /^<svg[^>]*\saria-label="([^"]*)"/.exec(svg)?.[1] ?? "Figure";
  const width = Number(/^<svg[^>]*\swidth="([\d.]+)"/.exec(svg)?.[1] ?? 640);
  const figure = fromHtml(
    `<figure class="figure"><div class="scroll" tabindex="0" role="group" aria-label="Figure">` +
      `<div class="drawing">${inlineSvg(svg, alt)}</div></div></figure>`,
  );
  figure.querySelector<HTMLElement>(".drawing")!.style.setProperty("--width", `${width}px`);
  return figure;
}

function showHtml(parent: HTMLElement, html: string): void {
  const template = document.createElement("template");
  template.innerHTML = /^<table>[\s\S]*<\/table>\s*$/.test(html) ? tableOf(html) : html;
  for (const audio of template.content.querySelectorAll("audio")) {
    audio.className = "sound";
    audio.src = blobOf(audio.src); // the policy plays no address with the sound inside
  }
  parent.replaceChildren(template.content);
}

function blobOf(address: string): string {
  const [, type, base64] = /^data:([^;]+);base64,(.*)$/.exec(address) ?? [];
  if (base64 === undefined) return address;
  return URL.createObjectURL(new Blob([Uint8Array.fromBase64(base64)], { type }));
}

function image(kind: string, base64: string): HTMLImageElement {
  const made = new Image();
  made.src = `data:image/${kind};base64,${base64}`;
  made.alt = "What the cell shows";
  return made;
}

function fromHtml(html: string): Element {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild!;
}
