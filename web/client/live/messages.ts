import type { MediaBundle } from "lib/jupyter/display.ts";
import type { Twin } from "lib/numeric/kernels/mod.ts";

/** What the page asks of its kernel. */
export interface CellRequest {
  /** Unique to this request; every answer carries it. */
  readonly id: number;
  /** The cell, as TypeScript. */
  readonly code: string;
}

/** What a cell shows. */
export type CellOutput =
  | {
    readonly kind: "display";
    readonly bundle: MediaBundle;
    /** The place that it draws in, where it has a name. */
    readonly place?: string;
  }
  | { readonly kind: "print"; readonly text: string; readonly isError: boolean };

/** What ended a cell before its end. */
export interface CellError {
  readonly name: string;
  readonly message: string;
  /** From 1, where it is known. */
  readonly line?: number;
}

/** What the kernel says to the page. */
export type KernelMessage =
  | { readonly kind: "listening" }
  | { readonly kind: "ready"; readonly kernels: Twin }
  | { readonly kind: "output"; readonly id: number; readonly output: CellOutput }
  | { readonly kind: "done"; readonly id: number; readonly error?: CellError };
