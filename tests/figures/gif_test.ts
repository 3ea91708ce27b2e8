import { assertEquals, assertLess, assertRejects } from "@std/assert";
import { element } from "lib/figures/document.ts";
import { toGif } from "lib/figures/gif.ts";
import { toPixels } from "lib/figures/png.ts";
import { decodeGif } from "./decode_gif.ts";
import { frame } from "./samples.ts";

Deno.test("toGif() runs for ever, and every frame looks as its figure does", async () => {
  const figures = [1, 100, 250].map(frame);
  const gif = decodeGif(await toGif(figures.map((svg, n) => ({ svg, delay: 100 * (n + 1) }))));
  assertEquals(gif.endless, true);
  assertEquals(gif.frames.map(({ delay }) => delay), [100, 200, 300]);
  for (const [n, svg] of figures.entries()) {
    const { rgba, width, height } = await toPixels(svg, { scale: 1 });
    assertEquals([gif.width, gif.height], [width, height]);
    const { rgb } = gif.frames[n];
    let off = 0;
    for (let i = 0; i < width * height; i++) {
      const apart = (c: number) => Math.abs(rgb[3 * i + c] - rgba[4 * i + c]) > 24;
      if (apart(0) || apart(1) || apart(2)) off++;
    }
    assertLess(off / (width * height), 0.002, `frame ${n}`);
  }
});

Deno.test("toGif() says no to no frames and to frames of two sizes", async () => {
  const page = (width: number) => element("svg", { width, height: 10 });
  await assertRejects(() => toGif([]), RangeError, "there must be a frame");
  await assertRejects(
    () => toGif([{ svg: page(10), delay: 0 }, { svg: page(20), delay: 0 }]),
    RangeError,
    "one size: 10 x 10, then 20 x 10",
  );
});
