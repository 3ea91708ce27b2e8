/** What may stop every training of this process, such as a notebook's stop button. */
export interface StopButton {
  /** One begins: the signal that stops it. */
  begin(): AbortSignal;
  /** One has ended; `where` it was stopped, in words, if it was this that stopped it. */
  end(where?: string): void;
}

/** Work that may be stopped; ask `stopped` between two steps, after a pause. */
export interface Stoppable {
  readonly stopped: boolean;
  /** Lets others run, as the one who stops it, where there may be one: `always` if left out. */
  pause(always?: boolean): Promise<void>;
  /** Calls `stop` as soon as it is stopped, which may be now. */
  onStop(stop: () => void): void;
  /** @param where Where it is, in words, to be told if it was stopped. */
  end(where: string): void;
}

let button: StopButton | undefined;

/** From now on every training of this process is under this button; undefined takes it away. */
export function useStopButton(next: StopButton | undefined): void {
  button = next;
}

/**
 * Begins work that stops when a signal says so, or the button of {@linkcode useStopButton}.
 *
 * @param signal Defaults to the button alone.
 *
 * @example
 * ```ts
 * import { stoppable } from "lib/training/stoppable.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const work = stoppable(AbortSignal.abort());
 * assertEquals(work.stopped, true);
 * work.end("at step 0 of 3");
 * ```
 */
export function stoppable(signal?: AbortSignal): Stoppable {
  const pressed = button;
  const own = pressed?.begin();
  const signals = [signal, own].filter((one) => one !== undefined);
  const over = new AbortController();
  return {
    get stopped() {
      return signals.some(({ aborted }) => aborted);
    },
    pause: (always = true) => always || signals.length > 0 ? nextTask() : Promise.resolve(),
    onStop(stop) {
      for (const one of signals) {
        if (one.aborted) stop();
        else one.addEventListener("abort", stop, { signal: over.signal });
      }
    },
    end(where) {
      over.abort();
      pressed?.end(own?.aborted ? where : undefined);
    },
  };
}

/** Fulfilled when timers, messages and signals that wait have had their turn. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
