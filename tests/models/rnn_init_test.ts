import { assertEquals } from "@std/assert";
import { rnn } from "lib/models/mod.ts";
import { RandomState } from "lib/numeric/mod.ts";

Deno.test("rnn() draws Wx at 0.5/√D and then Wh at 0.5/√H, and starts its bias at 0", () => {
  const [D, H] = [3, 5];
  const { Wx, Wh, b } = rnn(D, H).init(new RandomState(4));
  const rng = new RandomState(4);
  const drawn = (n: number, deviation: number) =>
    Array.from({ length: n }, () => rng.randn() * deviation);
  assertEquals([...Wx.data], drawn(D * H, 0.5 / Math.sqrt(D)));
  assertEquals([...Wh.data], drawn(H * H, 0.5 / Math.sqrt(H)));
  assertEquals([...b.data], Array(H).fill(0));
});
