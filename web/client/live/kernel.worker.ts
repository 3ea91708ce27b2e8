/// <reference lib="webworker" />
// What runs the cells of a page, one after the other, with the library of the site's bundle.
import "./math/install.ts";
import "./worker_document.ts"; // first, as figures take the document that is there
import { useFrontEnd } from "lib/jupyter/front_end.ts";
import { $display, display, type MediaBundle } from "lib/jupyter/display.ts";
import { kernelsInUse } from "lib/numeric/kernels/mod.ts";
import { cellModule, KERNEL } from "./cell_module.ts";
import { denoOf, NeedsDenoError, type SiteFiles } from "./deno.ts";
import { inspect } from "./inspect.ts";
import type { CellError, CellOutput, CellRequest, KernelMessage } from "./messages.ts";

declare const self: DedicatedWorkerGlobalScope;

const say = (message: KernelMessage) => self.postMessage(message);
let id = 0;
let site: SiteFiles;
const output = (what: CellOutput) => say({ kind: "output", id, output: what });

useFrontEnd({
  // deno-lint-ignore require-await -- a front end answers when it has shown it
  async show(bundle, _metadata, { display_id: place }) {
    output({ kind: "display", bundle: withoutTwins(bundle), place });
  },
  showsSvg: true,
});
const print = (isError: boolean) => (...values: unknown[]) => {
  const text = values.map((value) => typeof value === "string" ? value : inspect(value)).join(" ");
  output({ kind: "print", text: `${text}\n`, isError });
};
/** What a team of workers is made of, in a page that may have neither. */
class OfATeam {
  constructor() {
    throw new NeedsDenoError("workers for a cell to start");
  }
}
Object.assign(globalThis, { Worker: OfATeam, SharedArrayBuffer: OfATeam });
Object.assign(console, {
  log: print(false),
  info: print(false),
  warn: print(true),
  error: print(true),
});

Object.assign(globalThis, {
  [KERNEL]: {
    /** The exports of a module that were asked for. */
    async import(specifier: string, names: readonly string[]) {
      const exports = await load(specifier);
      const missing = names.find((name) => !(name in exports));
      if (missing === undefined) return exports;
      throw new SyntaxError(`The module "${specifier}" has no export "${missing}"`);
    },
    /** Shows what the last expression of a cell gives, if it gives something. */
    async result(value: unknown) {
      const given = await value;
      if (given === undefined) return;
      if (typeof given === "object" && given !== null && $display in given) {
        await display((given[$display] as () => MediaBundle)());
      } else output({ kind: "display", bundle: { "text/plain": inspect(given) } });
    },
  },
});

/** A module of the library, or a JSON file, by the path that it has in the repository. */
async function load(specifier: string): Promise<Record<string, unknown>> {
  const path = specifier.replace(/^(?:\.\.\/)+/, "");
  if (path in site.sizes) {
    const answer = await fetch(`${site.root}data/${path}`);
    return { default: await answer.json() };
  }
  if (site.modules.includes(path)) return await import(site.root + path.replace(/\.ts$/, ".js"));
  throw new TypeError(`Cannot import "${specifier}": expected one of ${site.modules.join(", ")}`);
}

async function run(code: string): Promise<void> {
  const script = new Blob([cellModule(code)], { type: "text/javascript" });
  const url = URL.createObjectURL(script);
  try {
    await import(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

self.onmessage = async ({ data }: MessageEvent<SiteFiles | CellRequest>) => {
  if ("root" in data) {
    site = data;
    Object.assign(globalThis, { Deno: denoOf(site) });
    return say({ kind: "ready", kernels: kernelsInUse() });
  }
  id = data.id;
  try {
    await run(data.code);
    say({ kind: "done", id });
  } catch (error) {
    say({ kind: "done", id, error: errorOf(error) });
  }
};

function errorOf(error: unknown): CellError {
  if (!(error instanceof Error)) return { name: "Error", message: inspect(error) };
  const { name, message, stack = "" } = error;
  const line = /blob:[^\s)]*:(\d+):\d+/.exec(stack)?.[1];
  return { name, message, line: line === undefined ? undefined : Number(line) };
}

/** A page shows one of the mime types: what others it brings need not travel. */
function withoutTwins(bundle: MediaBundle): MediaBundle {
  const { "text/markdown": _, ...rest } = bundle;
  return rest;
}
say({ kind: "listening" }); // what came before is lost, as modules wait for one another
