/** The pictures of `figures/` that pages show, by their path in the site. */
export const PICTURES = "pictures/";

/**
 * Where a link of a notebook or of the README leads on the site: a notebook to its page, the ledger to
 * its page, a picture to its copy; elsewhere it stays.
 *
 * @throws {RangeError} If it leads to a file that the site does not have.
 */
export function linkTo(href: string): string {
  const [, path, fragment] = /^([^#]*)(#.*)?$/.exec(href)!;
  if (/^[a-z]+:/.test(path) || path === "") return href;
  const local = path.replace(/^(?:\.\.?\/)*(?:notebooks\/)?/, "");
  if (local === "CLAIMS.md") return "claims.html" + (fragment ?? "");
  if (/^\d\d_\w+\.ipynb$/.test(local)) return local.replace(/\.ipynb$/, ".html") + (fragment ?? "");
  const [, picture] = /^figures\/([\w-]+\.(?:png|gif))$/.exec(local) ?? [];
  if (picture !== undefined) return PICTURES + picture;
  throw new RangeError(
    `Cannot link to ${href}: expected a notebook, CLAIMS.md, a picture of figures/ or an address`,
  );
}
