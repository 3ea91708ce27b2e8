import packed from "./inter.json" with { type: "json" };

/** The letters of figures, as TrueType files. */
export interface Fonts {
  readonly regular: Uint8Array<ArrayBuffer>;
  readonly semiBold: Uint8Array<ArrayBuffer>;
}

/**
 * Inter, regular and semibold. The files come along as text, deflated and in base64: neither a
 * permission nor an unstable import is needed to read them.
 *
 * Source: `@expo-google-fonts/inter@0.4.2`, `400Regular/Inter_400Regular.ttf` and
 * `600SemiBold/Inter_600SemiBold.ttf`; SIL Open Font License, see `LICENSE` beside this file.
 *
 * @example
 * ```ts
 * import { inter } from "lib/figures/fonts/inter.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals((await inter()).regular.length, 342408);
 * ```
 */
export async function inter(): Promise<Fonts> {
  const [regular, semiBold] = await Promise.all([packed.regular, packed.semiBold].map(inflate));
  return { regular, semiBold };
}

async function inflate(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Blob([Uint8Array.fromBase64(text)]).stream();
  return await new Response(bytes.pipeThrough(new DecompressionStream("deflate"))).bytes();
}
