import { assertEquals } from "@std/assert";
import { stopButton } from "lib/jupyter/stop_button.ts";

/** A button with what it does to the process: whether it listens, and what it said. */
function setUp() {
  const state = { press: undefined as (() => void) | undefined, said: [] as string[] };
  const button = stopButton({
    listen: (press) => state.press = press,
    ignore: () => state.press = undefined,
    say: (line) => state.said.push(line),
  });
  return { button, state };
}

const moment = (milliseconds: number) =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

Deno.test("the button listens while a training runs, and at no other time", () => {
  const { button, state } = setUp();
  assertEquals(state.press, undefined);
  button.begin();
  button.begin();
  button.end();
  assertEquals(typeof state.press, "function");
  button.end();
  assertEquals([state.press, state.said], [undefined, []]);
});

Deno.test("pressed, it stops what runs and what follows at once, and listens a moment longer", async () => {
  const { button, state } = setUp();
  const signal = button.begin();
  assertEquals(signal.aborted, false);
  state.press!();
  assertEquals(signal.aborted, true);
  state.press!();
  button.end("at step 3 of 9");
  assertEquals(typeof state.press, "function");
  assertEquals(button.begin().aborted, true);
  button.end("at step 0 of 9");
  state.press!();
  await moment(400);
  assertEquals(state.press, undefined);
  assertEquals(button.begin().aborted, false);
  button.end();
  assertEquals(state.said, ["stopped at step 3 of 9", "stopped at step 0 of 9"]);
});
