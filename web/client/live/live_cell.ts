import { type Editor, editor, type EditorKeys } from "./editor.ts";
import type { Kernel } from "./kernel.ts";
import type { CellError } from "./messages.ts";
import { type Judged, Outputs } from "./outputs.ts";

/** What a cell does now. */
export type CellState = "as committed" | "waiting" | "running" | "done" | "failed" | "not run";

/** A cell of the page that can be edited and run. */
export class LiveCell {
  /** The claims that its last run judged. */
  judged: readonly Judged[] = [];
  /** Its text when it last ran to its end, in the kernel that runs now; undefined if it has not. */
  ran?: string;
  readonly #section: HTMLElement;
  readonly #source: HTMLElement;
  readonly #committed: HTMLElement;
  readonly #text: string;
  readonly #editor: Editor;
  readonly #bar: HTMLElement = document.createElement("div");
  readonly #state: HTMLOutputElement = document.createElement("output");
  #outputs?: Outputs;

  /** @param section The cell as the page has it, with its source and its committed outputs. */
  constructor(section: HTMLElement, number: number, keys: EditorKeys) {
    this.#section = section;
    this.#source = section.querySelector<HTMLElement>("pre.source")!;
    this.#committed = section.querySelector<HTMLElement>(".outputs")!;
    this.#text = this.#source.textContent ?? "";
    this.#editor = editor(this.#text, `Cell ${number}, TypeScript`, keys);
    const run = document.createElement("button");
    run.type = "button";
    run.className = "run";
    run.textContent = "Run";
    run.setAttribute("aria-label", `Run cell ${number}`);
    run.addEventListener("click", keys.run);
    this.#bar.className = "cell-bar";
    this.#bar.append(run, this.#state);
    this.#source.hidden = true;
    this.#source.after(this.#editor.element, this.#bar);
    this.setState("as committed");
  }

  /** What is written in it. */
  get text(): string {
    return this.#editor.text();
  }

  /** Shows what it does now. */
  setState(state: CellState): void {
    this.#section.dataset.state = state;
    this.#state.textContent = state;
  }

  /** Puts the caret into it. */
  focus(): void {
    this.#editor.focus();
  }

  /** Runs it, and shows what it shows in place of its committed outputs. */
  async run(kernel: Kernel): Promise<CellError | undefined> {
    const text = this.text, outputs = new Outputs(this.#committed);
    (this.#outputs?.element ?? this.#committed).after(outputs.element);
    this.#outputs?.element.remove();
    this.#outputs = outputs;
    this.#committed.hidden = true;
    this.setState("running");
    const error = await kernel.run(text, (output) => outputs.add(output));
    if (error !== undefined) outputs.fail(error);
    this.judged = outputs.judged;
    this.ran = error === undefined ? text : undefined;
    this.setState(error === undefined ? "done" : "failed");
    return error;
  }

  /** Makes it what it was before the reader came. */
  reset(): void {
    this.#editor.setText(this.#text);
    this.#outputs?.element.remove();
    this.#outputs = undefined;
    this.#committed.hidden = false;
    this.judged = [];
    this.ran = undefined;
    this.setState("as committed");
  }
}
