import { assertEquals } from "@std/assert";
import type { Output } from "lib/jupyter/runner/notebook.ts";
import { type Displays, foldOutput, settleOutputs } from "lib/jupyter/runner/outputs.ts";
import { createRequest, type Message } from "lib/jupyter/runner/wire.ts";

function message(type: string, content: Record<string, unknown>): Message {
  return createRequest(type, content, "session");
}

function displayed(type: string, text: string, display_id?: string): Message {
  const transient = display_id === undefined ? {} : { display_id };
  return message(type, { data: { "text/plain": text }, metadata: {}, transient });
}

function fold(...messages: Message[]): Output[] {
  const outputs: Output[] = [];
  const displays: Displays = new Map();
  for (const item of messages) foldOutput(outputs, item, displays);
  return outputs;
}

function texts(outputs: readonly Output[]): unknown[] {
  return outputs.map((output) => "data" in output ? output.data["text/plain"] : output.output_type);
}

Deno.test("foldOutput() updates a display where it stands", () => {
  const outputs = fold(
    displayed("display_data", "first", "a"),
    displayed("display_data", "other"),
    displayed("update_display_data", "last", "a"),
  );
  assertEquals(texts(outputs), ["last", "other"]);
});

Deno.test("foldOutput() updates what is said about a display as well", () => {
  const of = (type: string, metadata?: Record<string, unknown>) =>
    message(type, { data: {}, metadata, transient: { display_id: "a" } });
  const wide = { "image/png": { width: 9 } };
  const metadata = (last?: Record<string, unknown>) =>
    fold(of("display_data", { old: true }), of("update_display_data", last))
      .map((output) => "metadata" in output && output.metadata);
  assertEquals([metadata(wide), metadata()], [[wide], [{}]]);
});

Deno.test("foldOutput() updates a display of an earlier cell", () => {
  const displays: Displays = new Map();
  const [earlier, later]: Output[][] = [[], []];
  foldOutput(earlier, displayed("display_data", "first", "a"), displays);
  foldOutput(later, displayed("update_display_data", "last", "a"), displays);
  assertEquals([texts(earlier), later], [["last"], []]);
});

Deno.test("foldOutput() updates every display of the same id, and no display of another", () => {
  const outputs = fold(
    displayed("display_data", "one", "a"),
    displayed("display_data", "two", "a"),
    displayed("display_data", "three", "b"),
    displayed("update_display_data", "last", "a"),
    displayed("update_display_data", "lost", "c"),
  );
  assertEquals(texts(outputs), ["last", "last", "three"]);
});

Deno.test("foldOutput() shows a second display of an id at the first one's place too, as nbclient does", () => {
  const displays: Displays = new Map();
  const [earlier, later]: Output[][] = [[], []];
  foldOutput(earlier, displayed("display_data", "first", "a"), displays);
  foldOutput(later, displayed("display_data", "second", "a"), displays);
  assertEquals([texts(earlier), texts(later)], [["second"], ["second"]]);
  foldOutput(later, displayed("update_display_data", "last", "a"), displays);
  assertEquals([texts(earlier), texts(later)], [["last"], ["last"]]);
});

Deno.test("foldOutput() clears at once, or where it is to wait when the next output comes, if any", () => {
  const say = (text: string) => message("stream", { name: "stdout", text });
  const clear = (wait: boolean) => message("clear_output", { wait });
  // Expected: nbclient 0.10, jupyter/nbconvert#969, jupyter-widgets/ipywidgets#2385.
  for (
    const [messages, expected] of [
      [[say("Hello"), clear(true)], ["Hello"]],
      [[say("1"), clear(true), say("2")], ["2"]],
      [[say("1"), clear(true), displayed("display_data", "2")], ["2"]],
      [[displayed("display_data", "1"), clear(true), message("error", {})], ["error"]],
      [[say("1"), clear(true), say("2"), say("3")], ["23"]],
      [[say("1"), clear(false)], []],
      [[say("1"), clear(true), clear(false)], []],
      [[say("1"), clear(true), clear(false), say("2")], ["2"]],
      [[say("1"), clear(true), clear(true), say("2")], ["2"]],
      [[say("1"), clear(true), message("status", {}), message("execute_input", {})], ["1"]],
      [[
        displayed("display_data", "1", "a"),
        clear(true),
        displayed("update_display_data", "2", "a"),
      ], [
        "2",
      ]],
    ] as [Message[], string[]][]
  ) {
    const shown = settleOutputs(fold(...messages)).map((output) =>
      "text" in output ? output.text : texts([output])[0]
    );
    assertEquals(shown, expected);
  }
});

Deno.test("foldOutput() forgets at the end of a cell that it was to clear", () => {
  const displays: Displays = new Map();
  const [earlier, later]: Output[][] = [[], []];
  foldOutput(earlier, message("stream", { name: "stdout", text: "1" }), displays);
  foldOutput(earlier, message("clear_output", { wait: true }), displays);
  foldOutput(later, message("stream", { name: "stdout", text: "2" }), displays);
  assertEquals([earlier.length, later.length], [1, 1]);
});

Deno.test("foldOutput() keeps no transient fields", () => {
  const [output] = fold(displayed("display_data", "x", "a"));
  assertEquals(Object.keys(output).sort(), ["data", "metadata", "output_type"]);
});

Deno.test("foldOutput() keeps errors and results, ignores status, obeys clear_output", () => {
  const error = { ename: "E", evalue: "v", traceback: ["E: v"] };
  const outputs = fold(
    message("stream", { name: "stdout", text: "gone" }),
    message("clear_output", { wait: false }),
    message("status", { execution_state: "busy" }),
    displayed("execute_result", "1"),
    message("error", error),
  );
  assertEquals(outputs, [
    {
      output_type: "execute_result",
      data: { "text/plain": "1" },
      metadata: {},
      execution_count: null,
    },
    { output_type: "error", ...error },
  ]);
});

Deno.test("settleOutputs() gives one output per stream, before all others", () => {
  const stream = (name: string, text: string): Output => ({ output_type: "stream", name, text });
  const display: Output = { output_type: "display_data", data: {}, metadata: {} };
  const settled = [
    stream("stdout", "ab"),
    stream("stderr", "!"),
    display,
  ];
  const arrived = [stream("stdout", "a"), stream("stderr", "!"), stream("stdout", "b")];
  assertEquals(settleOutputs([display, ...arrived]), settled);
  assertEquals(settleOutputs([...arrived, display]), settled);
  assertEquals(arrived[0], stream("stdout", "a"));
});
