import type { Message } from "./wire.ts";

/** Mime type under which a flush displays its mark. */
const FLUSH_MIME = "application/vnd.unsegmented.flush+json";

/** An error that reached the top of the kernel without any cell having thrown it. */
export interface StrayError {
  name: string;
  message: string;
  stack: string;
}

/**
 * Code the kernel runs before the first cell: Deno's kernel swallows rejections that nobody
 * awaits and errors thrown in timers, so they are kept here for the flush after each cell.
 */
export const PRELUDE = `{
  const strays = [];
  globalThis[Symbol.for("unsegmented.strays")] = strays;
  const keep = (error) => strays.push(
    error instanceof Error
      ? { name: error.name, message: error.message, stack: error.stack ?? "" }
      : { name: "Error", message: String(error), stack: "" },
  );
  addEventListener("unhandledrejection", (event) => { event.preventDefault(); keep(event.reason); });
  addEventListener("error", (event) => { event.preventDefault(); keep(event.error); });
}
undefined;`;

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
  return `await (async () => {
  await new Promise((resolve) => setTimeout(resolve, 0));
  const strays = globalThis[Symbol.for("unsegmented.strays")]?.splice(0) ?? [];
  console.log(${printed});
  await Deno.jupyter.broadcast("display_data", {
    data: { ${JSON.stringify(FLUSH_MIME)}: { mark: ${printed}, strays } },
    metadata: {},
    transient: {},
  });
})();`;
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
