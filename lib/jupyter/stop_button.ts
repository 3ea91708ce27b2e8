import { type StopButton, useStopButton } from "../training/stoppable.ts";
import { insideKernel } from "./inside_kernel.ts";

/** Milliseconds after a stopped training in which another, of the same cell, stops as well. */
const GRACE = 300;
/** Milliseconds until a training that does not end, as nobody asks for its rows, is forgotten. */
const PATIENCE = 10_000;

/** How the process hears of the button; a test brings its own. */
export interface Interrupts {
  /** From now on an interrupt calls `press`. */
  listen(press: () => void): void;
  /** From now on it does so no more. */
  ignore(press: () => void): void;
  /** Tells the reader that a training was stopped, and where. */
  say(line: string): void;
}

const interrupts: Interrupts = {
  listen: (press) => Deno.addSignalListener("SIGINT", press),
  ignore: (press) => Deno.removeSignalListener("SIGINT", press),
  say: (line) => console.log(line),
};

/**
 * A stop button that an interrupt presses. It listens from the beginning of a training to its end,
 * and after one that was stopped for a moment longer, in which another press does nothing and
 * another training stops at once, as the next of a loop. At other times an interrupt does what it
 * does to any process.
 */
export function stopButton(io: Interrupts = interrupts): StopButton {
  let controller = new AbortController();
  let running = 0;
  let listening = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const releaseAfter = (milliseconds: number) => {
    clearTimeout(timer);
    timer = setTimeout(release, milliseconds);
    Deno.unrefTimer(timer as unknown as number);
  };
  const press = () => {
    controller.abort();
    releaseAfter(running > 0 ? PATIENCE : GRACE);
  };
  const release = () => {
    clearTimeout(timer);
    if (listening) io.ignore(press);
    listening = false;
    running = 0;
    controller = new AbortController();
  };
  return {
    begin() {
      if (!listening) io.listen(press);
      listening = true;
      running++;
      return controller.signal;
    },
    end(where) {
      if (where !== undefined) io.say(`stopped ${where}`);
      running = Math.max(0, running - 1);
      if (running > 0) return;
      if (controller.signal.aborted) releaseAfter(GRACE);
      else release();
    },
  };
}

if (insideKernel()) useStopButton(stopButton());
