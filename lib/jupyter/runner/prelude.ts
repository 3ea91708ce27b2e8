import type { Message } from "./wire.ts";

/** Mime type under which a flush displays its mark. */
const FLUSH_MIME = "application/vnd.unsegmented.flush+json";

/** An error that reached the top of the kernel without any cell having thrown it. */
export interface StrayError {
  name: string;
  message: string;
  stack: string;
}

/** The name under which the kernel keeps what {@linkcode PRELUDE} sets up. */
const KEPT = `globalThis[Symbol.for("unsegmented.runner")]`;

/**
 * Code the kernel runs before the first cell. Deno's kernel swallows rejections that nobody
 * awaits, errors thrown in timers and those of workers, so they are kept here for the flush after
 * each cell; and so are the timers under way. What a flush needs is kept as well, as a cell may
 * put something else in its place.
 */
export const PRELUDE = `{
  const strays = [];
  const timers = new Set();
  const keep = (error) => strays.push(
    error instanceof Error
      ? { name: error.name, message: error.message, stack: error.stack ?? "" }
      : { name: "Error", message: String(error), stack: "" },
  );
  addEventListener("unhandledrejection", (event) => { event.preventDefault(); keep(event.reason); });
  addEventListener("error", (event) => { event.preventDefault(); keep(event.error ?? event.message); });
  const wait = setTimeout;
  globalThis.setTimeout = new Proxy(wait, {
    apply(target, self, [work, ...rest]) {
      if (typeof work !== "function") return target.call(self, work, ...rest);
      const timer = target.call(self, (...args) => {
        timers.delete(timer);
        return work(...args);
      }, ...rest);
      timers.add(timer);
      return timer;
    },
  });
  globalThis.clearTimeout = new Proxy(clearTimeout, {
    apply(target, self, [timer]) {
      timers.delete(timer);
      return target.call(self, timer);
    },
  });
  const pause = (milliseconds) => new Promise((resolve) => wait(resolve, milliseconds));
  const { jupyter } = Deno;
  ${KEPT} = {
    strays,
    pause,
    print: console.log.bind(console),
    broadcast: jupyter.broadcast.bind(jupyter),
    async settle(milliseconds) {
      const end = performance.now() + milliseconds;
      const busy = () => [...timers].some((timer) => timer.hasRef?.() ?? true);
      do await pause(20); while (busy() && performance.now() < end);
    },
  };
}
undefined;`;

/** Code that waits, for five seconds at most, for the timers that cells have left. */
export const SETTLE = `await ${KEPT}.settle(5000);`;

/**
 * Makes the code that runs after each cell. The kernel sends a cell's last outputs after it has
 * called the cell done; what arrives after this code's marks on both ways, the printed one and
 * the displayed one, is no longer the cell's.
 *
 * @param mark A text no cell prints.
 * @returns The code; it displays the mark and the stray errors, and prints the mark.
 */
export function flushCode(mark: string): string {
  const printed = JSON.stringify(mark);
  return `await (async ({ strays, pause, print, broadcast }) => {
  await pause(0);
  print(${printed});
  await broadcast("display_data", {
    data: { ${JSON.stringify(FLUSH_MIME)}: { mark: ${printed}, strays: strays.splice(0) } },
    metadata: {},
    transient: {},
  });
})(${KEPT});`;
}

/**
 * Tells whether a message is one of a flush's two marks.
 *
 * @param message An iopub message.
 * @param mark The flush's mark.
 * @returns The stray errors the mark carries, or `null` if the message is none.
 */
export function findMark(message: Message, mark: string): StrayError[] | null {
  const { data, text } = message.content as { data?: Record<string, unknown>; text?: string };
  if (text === mark + "\n") return [];
  const flush = data?.[FLUSH_MIME] as { mark: string; strays: StrayError[] } | undefined;
  return flush?.mark === mark ? flush.strays : null;
}
