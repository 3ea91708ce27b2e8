import { assertEquals } from "@std/assert";
import { cleanOutput, cleanText } from "lib/jupyter/runner/noise.ts";

const root = "/home/some one/project.x";

Deno.test("cleanText() strips ANSI codes", () => {
  assertEquals(cleanText("\x1b[33m1\x1b[39m \x1b[1mbold\x1b[0m", root), "1 bold");
});

Deno.test("cleanText() strips every kind of terminal code, and no text beside it", () => {
  for (
    const [text, expected] of [
      ["\x1b[38;5;1mred\x1b[m", "red"],
      ["\x1b[38:2::1:2:3mred\x9b0m", "red"],
      ["\x1b[?25l\x1b[2K\x1b[1A=>\x1b[?25h", "=>"],
      ["\x1b[1 qbar", "bar"],
      ["\x1b]8;;http://x\x07link\x1b]8;;\x1b\\", "link"],
      ["\x1b]0;title\x9ctext", "text"],
      ["\x1b(Btext\x1bM\x1b7\x1b=", "text"],
      ["\x1b", "\x1b"],
    ]
  ) {
    assertEquals(cleanText(text, root), expected);
  }
});

Deno.test("cleanText() makes paths of the project relative, as path and as URL", () => {
  assertEquals(
    cleanText(`at f (file:///home/some%20one/project.x/lib/a.ts:1:2) ${root}/b.ts`, root),
    "at f (lib/a.ts:1:2) b.ts",
  );
  assertEquals(
    cleanText(`${root} /home/some one/project.xyz`, root),
    ". /home/some one/project.xyz",
  );
});

Deno.test("cleanText() hides where Deno keeps packages", () => {
  assertEquals(
    cleanText("at g (file:///root/.cache/deno/npm/registry.npmjs.org/d3/7.0.0/d3.js:1:2)", root),
    "at g (npm:d3/7.0.0/d3.js:1:2)",
  );
  const cache = "/npm/registry.npmjs.org/";
  assertEquals(cleanText(`at ${cache}d3/d3.js`, root), "at npm:d3/d3.js");
  assertEquals(cleanText(`file:///a${cache}b${cache}c '/x y${cache}z'`, root), "npm:c '/x npm:z'");
});

Deno.test("cleanText() replaces timestamps and leaves other figures", () => {
  assertEquals(cleanText("2026-11-23T02:30:38.531Z", root), "<time>");
  assertEquals(cleanText("{ d: 2026-11-23T02:30:38.531Z, ms: 12 }", root), "{ d: <time>, ms: 12 }");
  assertEquals(cleanText("Graves 2006-2012, 10 ms frames", root), "Graves 2006-2012, 10 ms frames");
});

Deno.test("cleanText() keeps what stands after a carriage return", () => {
  assertEquals(cleanText("10 %\r50 %\r100 %\ndone\r\n", root), "100 %\ndone\n");
  assertEquals(cleanText("a\r\rb\nc\r\r\nd\r", root), "b\nc\r\nd\r");
});

Deno.test("cleanOutput() drops durations from streams only", () => {
  const text = "training took 12.3 s\nstep: 12ms\nframes of 10 ms\n";
  assertEquals(cleanOutput({ output_type: "stream", name: "stdout", text }, root), {
    output_type: "stream",
    name: "stdout",
    text: "training took <time>\nstep: <time>\nframes of 10 ms\n",
  });
  const rich = { output_type: "display_data" as const, data: { "text/html": text }, metadata: {} };
  assertEquals(cleanOutput(rich, root), rich);
});

Deno.test("cleanOutput() cleans errors, JSON and SVG, and leaves images", () => {
  const error = {
    output_type: "error" as const,
    ename: "E",
    evalue: `${root}/a`,
    traceback: ["\x1b[1mE\x1b[0m"],
  };
  assertEquals(cleanOutput(error, root), { ...error, evalue: "a", traceback: ["E"] });
  const data = {
    "application/json": { list: [`${root}/a`, 1, null] },
    "image/svg+xml": `<svg>${root}/a</svg>`,
    "image/png": `${root}/a`,
  };
  assertEquals(cleanOutput({ output_type: "display_data", data, metadata: {} }, root), {
    output_type: "display_data",
    data: {
      "application/json": { list: ["a", 1, null] },
      "image/svg+xml": "<svg>a</svg>",
      "image/png": `${root}/a`,
    },
    metadata: {},
  });
});
