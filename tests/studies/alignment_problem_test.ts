import { assertAlmostEquals, assertEquals } from "@std/assert";
import { matrix } from "lib/numeric/mod.ts";
import {
  claims,
  conceptPage,
  countPaths,
  enumerate,
  meaning,
  meaningDroppingFirst,
  results,
  teachingNotebook,
} from "lib/studies/alignment_problem/mod.ts";
import { assertEveryRowCanFail } from "../support/every_row_can_fail.ts";

Deno.test("alignment problem: the numbers give the stated verdicts, and every row can fail", async () => {
  assertEveryRowCanFail(claims, await results());
});

Deno.test("the examples are those that the concept page and the teaching notebook print", () => {
  const joined = (text: string) => text.replaceAll(/[ [\]]/g, "").replaceAll("∅", "ε");
  assertEquals(conceptPage, [
    { path: joined("C C ∅ A ∅ T T"), text: "CAT" },
    { path: joined("∅ C A A ∅ T ∅"), text: "CAT" },
    { path: joined("H E L ∅ L O"), text: "HELLO" },
  ]);
  assertEquals(teachingNotebook, [
    { path: joined("[h][ε][e][l][l][o]"), text: "hello" },
    { path: joined("[h][h][e][ε][l][o]"), text: "helo" },
    { path: joined("[h][ε][h][e][l][o]"), text: "hhelo" },
    { path: joined("[h][h][e][e][l][l][l][o][o]"), text: "hello" },
  ]);
});

Deno.test("meaning() keeps a double letter that a blank stands between; dropping first loses it", () => {
  assertEquals([meaning("helεlo"), meaningDroppingFirst("helεlo")], ["hello", "helo"]);
  assertEquals([meaning("εε"), meaning("")], ["", ""]);
});

Deno.test("countPaths() counts C(T + L - r, 2L) paths of a text of L letters with r repeats", () => {
  assertEquals([2, 3, 4].map((T) => countPaths("hi", T).merging), [1, 5, 15]);
  assertEquals(countPaths("aa", 4), { frames: 4, all: 16, merging: 5, dropping: 0 });
});

Deno.test("enumerate() sums a over two equally likely frames: εa, aa and aε", () => {
  const { paths, p, v } = enumerate(matrix(2, 2, Array(4).fill(Math.log(1 / 2))), [1]);
  assertEquals(paths, [[0, 1], [1, 0], [1, 1]]);
  assertAlmostEquals(p, 3 / 4);
  v.data.forEach((share, i) => assertAlmostEquals(share, [1 / 3, 2 / 3][i % 2]));
});
