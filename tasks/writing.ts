/**
 * What a task does where a file cannot be written.
 *
 * @module
 */
import { WriteError } from "lib/write_whole.ts";

/** What some work gives; where a file cannot be written, the task ends with one line and exit code 1. */
export async function writing<T>(task: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    console.error(`${task}: ${error.message}`);
    Deno.exit(1);
  }
}
