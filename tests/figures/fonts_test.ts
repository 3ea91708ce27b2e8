import { assertEquals } from "@std/assert";
import { inter } from "lib/figures/fonts/inter.ts";

// shasum -a 256 of the two files in @expo-google-fonts/inter@0.4.2
const published = {
  regular: "a414b48aa577ef2c62ebb135341ddeef33ee26a4f5dc9f787f93c1aab08ebb50",
  semiBold: "f30e9d2574c3bec5144347ff965f9841c8f06857f0b7383000f8c9489a161841",
};

Deno.test("inter() gives the bytes of the font files that the package publishes", async () => {
  const { regular, semiBold } = await inter();
  const digests = await Promise.all(
    [regular, semiBold].map(async (bytes) =>
      new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex()
    ),
  );
  assertEquals(digests, [published.regular, published.semiBold]);
});
