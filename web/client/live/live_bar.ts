import type { Twin } from "lib/numeric/kernels/mod.ts";
import { kernelsNote } from "./kernels_note.ts";
import type { Judged } from "./outputs.ts";

/** What the reader may ask of a live page. */
export interface LiveActions {
  runAll(): void;
  stop(): void;
  reset(): void;
}

/** The buttons of a live page, and what its claims come to. */
export class LiveBar {
  readonly #state: HTMLElement = paragraph("live-state");
  readonly #verdicts: HTMLElement = paragraph("live-verdicts");
  readonly #kernels: HTMLElement = paragraph("hint live-kernels");
  #ready = "";
  readonly #runAll: HTMLButtonElement;
  readonly #stop: HTMLButtonElement;

  /** @param place Is emptied. */
  constructor(place: HTMLElement, { runAll, stop, reset }: LiveActions) {
    this.#runAll = button("Run all", runAll);
    this.#stop = button("Stop", stop);
    this.#stop.disabled = true;
    const hint = paragraph("hint");
    hint.textContent =
      "Cells can be edited now. Ctrl-Enter runs one, after those above that have not " +
      "run; Shift-Enter goes on to the next. It all runs in this page: nothing is sent anywhere.";
    const row = document.createElement("div");
    row.className = "controls";
    row.append(this.#runAll, this.#stop, button("Reset", reset), this.#state);
    this.#state.role = this.#verdicts.role = "status";
    place.replaceChildren(row, this.#verdicts, this.#kernels, hint);
    this.#runAll.focus();
    this.#state.textContent = "The library is loading …";
  }

  /** A kernel is there. */
  setReady(kernels: Twin): void {
    this.#kernels.textContent = kernelsNote(kernels);
    this.#state.textContent = this.#ready = "Ready.";
  }

  /** Cells run, or run no more. */
  setRunning(running: boolean): void {
    this.#stop.disabled = !running;
    this.#runAll.disabled = running;
    this.#state.textContent = running ? "Running …" : this.#ready;
  }

  /** The claims that were judged here. */
  setVerdicts(judged: readonly Judged[]): void {
    const same = judged.filter(({ claim, committed }) => claim.verdict === committed).length;
    this.#verdicts.textContent = judged.length === 0
      ? ""
      : `${judged.length === 1 ? "1 claim" : `${judged.length} claims`} judged here: ` +
        (same === judged.length
          ? "all as committed."
          : `${same} as committed, ${judged.length - same} not.`);
  }
}

function button(text: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

function paragraph(className: string): HTMLElement {
  const made = document.createElement("p");
  made.className = className;
  return made;
}
