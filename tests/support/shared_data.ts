/** Human speech beside the repository, where there is any; none of it is part of the project. */
export const sharedData = new URL("../../../shared/data/", import.meta.url);

/**
 * A test that needs files beside the repository. Where they are not there it passes, and its title
 * says that nothing was tested.
 *
 * @param path Below `../shared/data/`.
 */
export function sharedDataTest(
  title: string,
  path: string,
  test: () => void | Promise<void>,
): void {
  let there = true;
  try {
    Deno.statSync(new URL(path, sharedData));
  } catch {
    there = false;
  }
  if (there) Deno.test(title, test);
  else Deno.test(`not tested, as ../shared/data/${path} is not there: ${title}`, () => {});
}
