import { assertTrainsAsTheWriteUp } from "../support/parity.ts";

Deno.test("blstm at seed 0: 200 losses within 1e-9 of the write-up's, every PER up to there exactly", () => {
  assertTrainsAsTheWriteUp("blstm", 200);
});
