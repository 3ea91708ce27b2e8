import type { MimeBundle, Output } from "./notebook.ts";
import type { Message } from "./wire.ts";

/** The displays of one notebook that an update may still change, by display id. */
export type Displays = Map<string, { data: MimeBundle; metadata: Record<string, unknown> }[]>;

/** Outputs that the next output replaces: `clear_output` said "wait", and none has come since. */
const waiting = new WeakSet<Output[]>();

/**
 * Folds one iopub message into the outputs of the running cell, as Jupyter and nbclient do. An
 * update of a display, or a second display of the same id, changes it where it stands, in whichever
 * cell that is. Where `clear_output` says "wait", what is there goes when the next output comes,
 * and stays if none does. Other messages are ignored.
 *
 * @param outputs The cell's outputs, changed in place.
 * @param message The message.
 * @param displays The notebook's displays, changed in place.
 */
export function foldOutput(outputs: Output[], message: Message, displays: Displays): void {
  // deno-lint-ignore no-explicit-any -- the shapes are the wire protocol's
  const content = message.content as any;
  const type = message.header.msg_type;
  if (type === "clear_output") {
    if (content.wait) waiting.add(outputs);
    else outputs.length = 0;
    return;
  }
  const id = content.transient?.display_id;
  if (type === "update_display_data" || (type === "display_data" && id !== undefined)) {
    for (const output of displays.get(id) ?? []) {
      output.data = content.data;
      output.metadata = content.metadata ?? {};
    }
  }
  const output = outputOf(type, content);
  if (output === undefined) return;
  if (waiting.delete(outputs)) outputs.length = 0;
  outputs.push(output);
  if (id !== undefined && "data" in output) {
    displays.set(id, displays.get(id) ?? []).get(id)!.push(output);
  }
}

/** The output that a message brings, if it brings one. */
// deno-lint-ignore no-explicit-any -- the shapes are the wire protocol's
function outputOf(type: string, content: any): Output | undefined {
  const { data, metadata = {} } = content;
  switch (type) {
    case "stream":
      return { output_type: "stream", name: content.name, text: content.text };
    case "display_data":
      return { output_type: "display_data", data, metadata };
    case "execute_result":
      return { output_type: "execute_result", data, metadata, execution_count: null };
    case "error": {
      const { ename, evalue, traceback } = content;
      return { output_type: "error", ename, evalue, traceback };
    }
  }
}

/**
 * Puts a finished cell's outputs into an order that does not depend on timing: what was printed
 * first, one output per stream, then everything else as it came. Deno's kernel sends streams
 * and displays by different ways, so their order among each other differs from run to run.
 *
 * @param outputs The outputs in order of arrival.
 * @returns The outputs as the notebook keeps them; rich outputs are the same objects.
 */
export function settleOutputs(outputs: readonly Output[]): Output[] {
  const streams = new Map<string, Output & { output_type: "stream" }>();
  const others: Output[] = [];
  for (const output of outputs) {
    if (output.output_type !== "stream") {
      others.push(output);
      continue;
    }
    const stream = streams.get(output.name);
    if (stream) stream.text += output.text;
    else streams.set(output.name, { ...output });
  }
  return [...streams.values(), ...others];
}
