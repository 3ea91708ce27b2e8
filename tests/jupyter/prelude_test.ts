import { assertEquals } from "@std/assert";
import { findMark } from "lib/jupyter/runner/prelude.ts";
import { createRequest } from "lib/jupyter/runner/wire.ts";

Deno.test("findMark() finds a flush by its own mark, printed or displayed, and no other", () => {
  const strays = [{ name: "Error", message: "lost", stack: "" }];
  const data = { "application/vnd.unsegmented.flush+json": { mark: "m1", strays } };
  const displayed = createRequest("display_data", { data }, "session");
  const printed = createRequest("stream", { name: "stdout", text: "m1\n" }, "session");
  assertEquals([findMark(displayed, "m1"), findMark(displayed, "m2")], [strays, null]);
  assertEquals([findMark(printed, "m1"), findMark(printed, "m")], [[], null]);
  const other = createRequest("display_data", { data: { "text/plain": "m1\n" } }, "session");
  assertEquals(findMark(other, "m1"), null);
});
