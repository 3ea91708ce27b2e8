import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { stripVTControlCharacters } from "node:util";
import { createProgress, duration, type Lane, outlook, type Screen } from "../../tasks/progress.ts";

/** A screen that remembers, with a clock that only `wait` moves. */
function fakeScreen(terminal: boolean, rows = 24) {
  const written: string[] = [];
  let time = 5000;
  const screen: Screen = {
    terminal,
    columns: 80,
    rows,
    write: (text) => void written.push(text),
    now: () => time,
  };
  const plain = () => stripVTControlCharacters(written.join(""));
  return { screen, text: () => written.join(""), plain, wait: (ms: number) => void (time += ms) };
}

function lane(value: number, worked: number, total = 100): Lane {
  return { name: "", total, value, worked, note: "", finished: value === total };
}

Deno.test("outlook() takes its pace from the steps done here, not from those read from a file", () => {
  assertEquals(outlook([lane(0, 0), lane(0, 0)], 1000), { share: 0, left: undefined });
  assertEquals(outlook([lane(50, 50)], 1000), { share: 0.5, left: 1000 });
  assertEquals(outlook([lane(100, 0), lane(50, 50)], 1000), { share: 0.75, left: 1000 });
  assertEquals(outlook([lane(100, 100), lane(0, 0, 300)], 1000), { share: 0.25, left: 3000 });
  assertEquals(outlook([], 1000), { share: 1, left: undefined });
});

Deno.test("duration() reads as a person says it", () => {
  const said = [0, 8400, 59_600, 125_000, 3_599_000, 3_600_000, 4_200_000, 90_000_000].map(
    duration,
  );
  assertEquals(said, [
    "0 s",
    "8 s",
    "1 min 00 s",
    "2 min 05 s",
    "59 min 59 s",
    "1 h 00 min",
    "1 h 10 min",
    "25 h 00 min",
  ]);
});

Deno.test("without a terminal there is one line each tenth and one each end, free of control codes", () => {
  const { screen, text, wait } = fakeScreen(false);
  const progress = createProgress({ overall: "reproduce", screen });
  const read = progress.add("blstm seed 0", 1500);
  const bar = progress.add("blstm seed 1", 1500);
  read.done("from results/");
  for (let i = 1; i <= 1500; i++) {
    wait(10);
    bar.update(i, i < 900 ? "PER 1.000" : undefined);
  }
  bar.done("PER 0.000");
  progress.stop();
  assertEquals(
    text(),
    `reproduce: 1/2 done after 0 s (blstm seed 0, from results/)
reproduce: 50 %, 15 s left (blstm seed 1, PER 1.000)
reproduce: 60 %, 12 s left (blstm seed 1, PER 1.000)
reproduce: 70 %, 9 s left (blstm seed 1, PER 1.000)
reproduce: 80 %, 6 s left (blstm seed 1, PER 1.000)
reproduce: 90 %, 3 s left (blstm seed 1, PER 1.000)
reproduce: 2/2 done after 15 s (blstm seed 1, PER 0.000)
`,
  );
});

Deno.test("a training that goes on counts the steps of the process before as done, and takes no pace from them", () => {
  const { screen, text, wait } = fakeScreen(false);
  const bar = createProgress({ overall: "run", screen }).add("blstm seed 0", 100, 50);
  wait(10_000);
  bar.update(60);
  assertEquals(text(), "run: 60 %, 40 s left (blstm seed 0)\n");
});

Deno.test("on a terminal there is a bar for each training begun and one for the whole", () => {
  const { screen, plain, wait } = fakeScreen(true);
  {
    using progress = createProgress({ overall: "reproduce", screen });
    const [first, second] = [progress.add("blstm seed 0", 10), progress.add("lstm seed 0", 10)];
    progress.add("lstm seed 1", 20);
    wait(2000);
    first.update(5, "PER 0.273");
    assertStringIncludes(plain(), "reproduce    ███░░");
    assertStringIncludes(plain(), " 12 %  14 s left");
    assertStringIncludes(plain(), " 50 %  PER 0.273");
    wait(2000);
    second.done("from results/");
    assertStringIncludes(plain(), "100 %  from results/");
  }
  assert(!plain().includes("lstm seed 1"), "a training that has not begun has no bar");
});

Deno.test("a single training has one bar, with its own time left", () => {
  const { screen, plain, wait } = fakeScreen(true);
  using progress = createProgress({ overall: "train", screen });
  const bar = progress.add("blstm", 100);
  wait(1000);
  bar.update(20, "PER 1.000");
  assertStringIncludes(plain(), " 20 %  4 s left, PER 1.000");
  assert(!plain().includes("train"));
});

Deno.test("where rows run out, finished trainings leave for plain lines", () => {
  const { screen, plain, wait } = fakeScreen(true, 5);
  using progress = createProgress({ overall: "sweep", screen });
  const bars = Array.from({ length: 6 }, (_, i) => progress.add(`run ${i}`, 1));
  for (const bar of bars) {
    wait(200);
    bar.update(1);
    bar.done("ended");
  }
  for (const i of [0, 1, 2, 3]) assertStringIncludes(plain(), `run ${i} done  ended`);
  assertStringIncludes(plain(), "sweep ");
});

Deno.test("a terminal is left as it was, cursor and line wrapping untouched", () => {
  const { screen, text } = fakeScreen(true);
  const progress = createProgress({ overall: "train", screen });
  progress.add("blstm", 2).update(1);
  assert(!text().includes("\x1b[?"));
  progress.stop();
  progress.stop();
  assert(text().endsWith("\n"));
});

Deno.test("after the end nothing is drawn", () => {
  const { screen, text } = fakeScreen(false);
  const progress = createProgress({ overall: "train", screen });
  const bar = progress.add("blstm", 2);
  bar.done();
  const before = text();
  bar.update(1);
  bar.done();
  progress.stop();
  progress.add("lstm", 1).done();
  assertEquals(text(), before);
});
