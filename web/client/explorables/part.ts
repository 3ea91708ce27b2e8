/**
 * The element of a page by its id.
 *
 * @throws {Error} If the page has none, or one of another kind.
 */
export function part<E extends Element>(id: string, kind: new () => E): E {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`Cannot find #${id} as the page must have a ${kind.name} of that id`);
}
