/** Whether this code runs in Deno's kernel: `Deno.jupyter` throws when touched elsewhere. */
export function insideKernel(): boolean {
  try {
    return Deno.jupyter !== undefined;
  } catch {
    return false;
  }
}
