import { assertEquals, assertMatch } from "@std/assert";
import { readWav } from "lib/audio/mod.ts";
import { play } from "lib/jupyter/mod.ts";
import { player } from "lib/jupyter/audio.ts";

Deno.test("play() shows a player whose sound is what was given, and says how long it is", () => {
  const { "text/html": html, "text/plain": plain } = player(Float64Array.of(0, 0.5, -0.5, 0.25), 8);
  assertEquals(plain, "0.50 s of sound");
  assertMatch(
    html as string,
    /^<audio controls title="0.50 s of sound" src="data:audio\/wav;base64,/,
  );
  const base64 = (html as string).split("base64,")[1].split('"')[0];
  const { sampleRate, channels } = readWav(Uint8Array.fromBase64(base64));
  assertEquals([sampleRate, [...channels[0]]], [8, [0, 0.5, -0.5, 0.25]]);
});

Deno.test("play() does no harm outside a kernel", () => play(new Float64Array(8), 8000));
