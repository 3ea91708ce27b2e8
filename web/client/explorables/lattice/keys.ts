/** A cell of a table. */
export interface Cursor {
  readonly row: number;
  readonly t: number;
}

/** Where a key of the arrows, Home or End leads; undefined for any other key. */
export function moveCursor(
  { row, t }: Cursor,
  key: string,
  rows: number,
  T: number,
): Cursor | undefined {
  switch (key) {
    case "ArrowLeft":
      return { row, t: Math.max(0, t - 1) };
    case "ArrowRight":
      return { row, t: Math.min(T - 1, t + 1) };
    case "ArrowUp":
      return { row: Math.max(0, row - 1), t };
    case "ArrowDown":
      return { row: Math.min(rows - 1, row + 1), t };
    case "Home":
      return { row, t: 0 };
    case "End":
      return { row, t: T - 1 };
  }
  return undefined;
}
