import { styleFiles } from "./assets.ts";
import { type Book, bookOf } from "./book.ts";
import { chapterPage } from "./chapter_page.ts";
import { type Files, joined } from "./files.ts";
import { renderPage } from "./layout.ts";
import { PICTURES } from "./links.ts";
import { liveFiles } from "./live_files.ts";
import { notFoundPage } from "./not_found.ts";
import type { Page } from "./page.ts";
import { scriptFiles } from "./scripts.ts";

/**
 * Every file of the site, from what the project holds.
 *
 * @param base The path that it will lie under, "/" or "/book/"; only the page for what is missing
 * knows it.
 */
export async function siteFiles(root: URL, base: string): Promise<Files> {
  const book = await readBook(root);
  const pages = (await allPages(root)).map((page) => pageFiles(book, page));
  return joined(
    ...book.chapters.map((chapter) => chapterPage(book, chapter)),
    ...await Promise.all(pages),
    { "404.html": notFoundPage(base) },
    await styleFiles(root),
    await scriptFiles(root),
    await pictures(book, root),
    await liveFiles(root, codeOf(book)),
  );
}

/** The cells that can be run. */
function codeOf({ chapters }: Book): string[] {
  return chapters.flatMap(({ notebook }) => notebook.cells)
    .filter((cell) => cell.cell_type === "code").map((cell) => cell.source);
}

/** The book as it lies in the project. */
export async function readBook(root: URL): Promise<Book> {
  const folder = new URL("notebooks/", root);
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name)
    .filter((name) => /^\d.*\.ipynb$/.test(name));
  const texts = await Promise.all(
    names.map(async (name) => [name, await Deno.readTextFile(new URL(name, folder))]),
  );
  return bookOf(Object.fromEntries(texts), await Deno.readTextFile(new URL("README.md", root)));
}

/** What the modules of `web/pages` export. */
async function allPages(root: URL): Promise<Page[]> {
  const folder = new URL("web/pages/", root);
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
  return await Promise.all(
    names.map(async (name) => (await import(new URL(name, folder).href)).page as Page),
  );
}

async function pageFiles(book: Book, page: Page): Promise<Files> {
  const { path, title, description, scripts, render, files } = page;
  const content = await render(book);
  return joined(
    { [path]: renderPage({ path, title, description, scripts, content }) },
    await files?.(book) ?? {},
  );
}

/** The pictures beside the text of the notebooks. */
async function pictures({ chapters }: Book, root: URL): Promise<Files> {
  const prose = chapters.flatMap(({ notebook }) => notebook.cells)
    .filter((cell) => cell.cell_type === "markdown").map((cell) => cell.source).join("\n");
  const names = new Set(
    [...prose.matchAll(/\]\(\.\.\/figures\/([\w-]+\.\w+)\)/g)].map(([, name]) => name),
  );
  return Object.fromEntries(
    await Promise.all(
      [...names].sort().map(async (name) =>
        [PICTURES + name, await Deno.readFile(new URL(`figures/${name}`, root))] as const
      ),
    ),
  );
}
