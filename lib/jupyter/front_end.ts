import { insideKernel } from "./inside_kernel.ts";

/** How a display is asked for: under which name, and whether it redraws the one of that name. */
export interface DisplayOptions {
  /** Names the display; defaults to none. */
  display_id?: string;
  /** Redraws the one of that name; defaults to false. */
  update?: boolean;
}

/** What shows what a notebook's cells display: Jupyter, or a page. */
export interface FrontEnd {
  /** Shows a mime bundle. */
  show(
    bundle: Readonly<Record<string, string | object>>,
    metadata: Readonly<Record<string, unknown>>,
    options: DisplayOptions,
  ): Promise<void>;
  /** Whether it shows every SVG: then figures need no PNG beside it. */
  readonly showsSvg: boolean;
}

/** Jupyter, behind Deno's kernel. It shows no SVG of a notebook that it does not trust. */
const jupyter: FrontEnd = {
  async show(data, metadata, { display_id, update = false }) {
    await Deno.jupyter.broadcast(update ? "update_display_data" : "display_data", {
      data,
      metadata,
      transient: display_id === undefined ? {} : { display_id },
    });
  },
  showsSvg: false,
};

let inUse: FrontEnd | undefined;

/** From now on displays of this process go to this front end; undefined takes it away. */
export function useFrontEnd(frontEnd: FrontEnd | undefined): void {
  inUse = frontEnd;
}

/** What shows displays: the one of {@link useFrontEnd}, Jupyter inside Deno's kernel, or nothing. */
export function frontEnd(): FrontEnd | undefined {
  return inUse ?? (insideKernel() ? jupyter : undefined);
}
