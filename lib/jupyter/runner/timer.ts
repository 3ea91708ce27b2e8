/**
 * Waits for a promise, but no longer than a given time, and leaves no timer behind.
 *
 * @param promise What to wait for.
 * @param milliseconds How long at most.
 * @returns The promise's value, or `undefined` when the time is over.
 */
export async function within<T>(promise: Promise<T>, milliseconds: number): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  try {
    return await Promise.race([promise, over]);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits for a time that is not to be cut short. */
export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
