// Builds the site into a folder: for tests, beside which another may build into `site/`.
import { writeFiles } from "../../web/build/files.ts";
import { siteFiles } from "../../web/build/site.ts";

await writeFiles(Deno.args[0], await siteFiles(new URL("../../", import.meta.url)));
