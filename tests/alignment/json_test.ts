import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  type AlignmentFile,
  alignmentJson,
  ctcTopology,
  hmmTopology,
  readAlignmentJson,
  viterbi,
} from "lib/alignment/mod.ts";
import { matrix, RandomState } from "lib/numeric/mod.ts";
import { randomMatrix } from "../support/matrices.ts";
import { mutilated } from "../support/mutilated.ts";

const names = ["ε", "l", "e"];

Deno.test("JSON: an alignment is read back, and its spans fit its frames", () => {
  const logProbs = randomMatrix(new RandomState(1), 9, 3);
  const { score, spans } = viterbi(logProbs, hmmTopology([[1, 1], [2]], { silence: 0 }));
  const text = alignmentJson({ score, spans }, { frames: 9, frameSeconds: 0.01 });
  assertEquals(readAlignmentJson(text), { frames: 9, frameSeconds: 0.01, score, spans });
  assertEquals(readAlignmentJson(`\ufeff${text}`).score, score);
  const named = readAlignmentJson(
    alignmentJson({ score, spans }, { frames: 9, frameSeconds: 0.01, names }),
  );
  assertEquals(named.spans.map(({ text }) => text), ["l", "l", "e"]);
});

Deno.test("JSON: a target without a path has a score of null, read as -Infinity", () => {
  const alignment = viterbi(matrix(1, 3), ctcTopology([1, 2]));
  const text = alignmentJson(alignment, { frames: 1, frameSeconds: 0.01 });
  assertEquals(text, '{"frames":1,"frameSeconds":0.01,"score":null,"spans":[]}\n');
  assertEquals(readAlignmentJson(text).score, -Infinity);
});

const span = { index: 0, label: 1, start: 0, end: 2, score: -1 };

Deno.test("JSON: what is no alignment is neither written nor read", () => {
  const options = { frames: 2, frameSeconds: 0.01 };
  for (
    const [change, more, what] of [
      [{ end: 3 }, {}, "span 0 is 0 to 3"],
      [{ start: 2 }, {}, "span 0 is 2 to 2"],
      [{ start: 0.5 }, {}, "span 0 is 0.5 to 2"],
      [{ label: -1 }, {}, "whole label >= 0: that of span 0 is -1"],
      [{ label: 1.5 }, {}, "whole label >= 0: that of span 0 is 1.5"],
      [{ index: -1 }, {}, "whole index >= 0: that of span 0 is -1"],
      [{ index: 0.5 }, {}, "whole index >= 0: that of span 0 is 0.5"],
      [{}, { frameSeconds: 0 }, "2 frames of 0 seconds"],
      [{}, { frameSeconds: "1" as unknown as number }, "2 frames of 1 seconds"],
      [{}, { frames: 0.5 }, "0.5 frames"],
    ] as const
  ) {
    const alignment = { score: -1, spans: [{ ...span, ...change }] };
    assertThrows(() => alignmentJson(alignment, { ...options, ...more }), RangeError, what);
    const text = JSON.stringify({ ...options, ...more, ...alignment });
    assertThrows(() => readAlignmentJson(text), SyntaxError, what);
  }
  const write = (score: number, more: object) => () =>
    alignmentJson({ score, spans: [{ ...span, ...more }] }, options);
  assertThrows(write(-Infinity, {}), RangeError, "must have no spans: it has 1");
  assertThrows(write(-1, { score: NaN }), RangeError, "finite score: that of span 0 is NaN");
  assertThrows(
    () => alignmentJson({ score: -1, spans: [span] }, { ...options, names: ["ε"] }),
    RangeError,
    "label 1 of span 0 has none among 1",
  );
});

Deno.test("JSON: a value of the wrong type is refused, never converted", () => {
  const file = (more: object) => ({
    frames: 2,
    frameSeconds: 1,
    score: -1,
    spans: [span],
    ...more,
  });
  for (
    const [value, what] of [
      [null, "It must be an object"],
      [[1], "It must be an object"],
      [{}, "a list of spans"],
      [file({ spans: {} }), "a list of spans"],
      [file({ spans: [null] }), "span 0 is null"],
      [file({ spans: [[]] }), "A span must be an object"],
      [file({ spans: [{ ...span, text: 1 }] }), "that of span 0 is 1"],
      [file({ spans: [{ ...span, start: "0" }] }), "span 0 is 0 to 2"],
      [file({ spans: [{ ...span, score: null }] }), "that of span 0 is null"],
      [file({ score: "-1" }), "a score, or null: it has -1"],
      [file({ score: undefined }), "a score, or null: it has undefined"],
      [file({ score: null }), "must have no spans"],
      [file({ frames: "2" }), "2 frames"],
      [file({ frameSeconds: "1" }), "1 seconds"],
      [file({ frameSeconds: [1] }), "1 seconds"],
    ] as const
  ) {
    const text = JSON.stringify(value);
    const { message } = assertThrows(() => readAlignmentJson(text), SyntaxError, what);
    assertStringIncludes(message, "Cannot read the alignment: ");
  }
  const overflow = '{"frames":2,"frameSeconds":1,"score":-1e999,"spans":[]}';
  assertThrows(
    () => readAlignmentJson(overflow),
    SyntaxError,
    "a score, or null: it has -Infinity",
  );
  assertThrows(() => readAlignmentJson(""), SyntaxError, "Cannot read the alignment: ");
});

Deno.test("JSON: a mutilated file is read and can be written again, or refused", () => {
  const spans = [span, { index: 1, label: 2, start: 3, end: 4, score: -0.25 }];
  const text = alignmentJson({ score: -2, spans }, { frames: 5, frameSeconds: 0.01, names });
  fc.assert(
    fc.property(mutilated(text), (text) => {
      let file: AlignmentFile;
      try {
        file = readAlignmentJson(text);
      } catch (error) {
        return error instanceof SyntaxError;
      }
      const again = readAlignmentJson(alignmentJson(file, file));
      assertEquals(again.spans.length, file.spans.length);
      assertEquals({ ...again, spans: [] }, { ...file, spans: [] });
    }),
    { numRuns: 1000 },
  );
});
