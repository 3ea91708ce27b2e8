import { cpus, release } from "node:os";

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
