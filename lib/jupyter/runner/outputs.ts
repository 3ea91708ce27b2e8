import type { MimeBundle, Output } from "./notebook.ts";
import type { Message } from "./wire.ts";

/** The displays of one notebook that an update may still change, by display id. */
export type Displays = Map<string, { data: MimeBundle; metadata: Record<string, unknown> }[]>;

/**
 * Folds one iopub message into the outputs of the running cell. An update of a display changes
 * it where it stands, in whichever cell that is. Other messages are ignored.
 *
 * @param outputs The cell's outputs, changed in place.
 * @param message The message.
 * @param displays The notebook's displays, changed in place.
 */
export function foldOutput(outputs: Output[], message: Message, displays: Displays): void {
  // deno-lint-ignore no-explicit-any -- the shapes are the wire protocol's
  const content = message.content as any;
  switch (message.header.msg_type) {
    case "stream":
      outputs.push({ output_type: "stream", name: content.name, text: content.text });
      break;
    case "execute_result":
    case "display_data": {
      const { data, metadata = {} } = content;
      const output: Output = message.header.msg_type === "display_data"
        ? { output_type: "display_data", data, metadata }
        : { output_type: "execute_result", data, metadata, execution_count: null };
      const id = content.transient?.display_id;
      if (id !== undefined) displays.set(id, [...displays.get(id) ?? [], output]);
      outputs.push(output);
      break;
    }
    case "update_display_data":
      for (const output of displays.get(content.transient?.display_id) ?? []) {
        output.data = content.data;
        output.metadata = content.metadata ?? {};
      }
      break;
    case "clear_output":
      outputs.length = 0;
      break;
    case "error": {
      const { ename, evalue, traceback } = content;
      outputs.push({ output_type: "error", ename, evalue, traceback });
      break;
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
