import type { SiteFiles } from "./deno.ts";

/**
 * What the site has of the repository, for a worker that reads it.
 *
 * @throws {Error} If the site does not say.
 */
export async function siteFiles(): Promise<SiteFiles> {
  const root = new URL("live/", document.baseURI).href;
  const answer = await fetch(`${root}files.json`);
  if (!answer.ok) throw new Error("Cannot start: the site did not give its list of files");
  const { sizes, modules } = await answer.json() as Pick<SiteFiles, "sizes" | "modules">;
  return { root, folder: "notebooks", sizes, modules };
}
