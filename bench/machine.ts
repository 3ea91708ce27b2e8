import { cpus, loadavg, release } from "node:os";

/** What the numbers were measured on. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly os: string;
}

/** This machine. */
export function machine(): Machine {
  const all = cpus();
  return {
    cpu: all[0]?.model.trim() || Deno.build.arch,
    cores: navigator.hardwareConcurrency,
    os: `${Deno.build.os} ${release()}, ${Deno.build.arch}`,
  };
}

/** How many processes wanted to run over the last minute, on average; 0 where that is not known. */
export function load(): number {
  return Math.round(100 * loadavg()[0]) / 100;
}
