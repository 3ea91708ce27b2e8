/**
 * Builds the book as a static site in `site/`, or serves it on this machine and builds it again as
 * files change.
 *
 * @module
 */
import { type Files, writeFiles } from "../web/build/files.ts";
import { answer } from "../web/build/serve.ts";
import { flag, integer, parseOptions, value } from "./args.ts";
import { print } from "./print.ts";
import { Failure, runTask } from "./run_task.ts";

const SITE = "site";
const root = new URL("../", import.meta.url);
/** What the site is made of. */
const sources = ["notebooks", "lib", "web", "figures", "results", "README.md"];

if (import.meta.main) await runTask("book", main);

async function main(): Promise<void> {
  const { base, serve, port } = parseOptions(
    "book",
    "Builds the book as a static site in site/, from the notebooks as they are committed.",
    {
      base: value({
        default: "/",
        placeholder: "PATH",
        expects: "a path of letters, digits and - . _ ~, as /book/",
        read: sitePath,
        help: "where the site will lie on its host",
      }),
      serve: flag({ help: "serve it on this machine, and build again as files change" }),
      port: integer({ default: 8137, min: 0, max: 65535, help: "of --serve; 0 takes a free one" }),
    },
  );
  let files = await build(base);
  if (!serve) return;
  Deno.serve({
    hostname: "127.0.0.1",
    port,
    onListen: (at) => print(`http://127.0.0.1:${at.port}${base}`),
  }, (request) => answer(files, request, base));
  for await (const _ of changes()) {
    try {
      files = await build(base);
    } catch (error) {
      console.error(`book: ${(error as Error).message}`);
    }
  }
}

/** A path with a slash at its end. */
function sitePath(word: string): string | undefined {
  return /^(?:\/[\w.~-]+)*\/*$/.test(word) ? word.replace(/\/*$/, "/") : undefined;
}

/** Builds the site in a worker, which reads every module anew, and writes what changed. */
async function build(base: string): Promise<Files> {
  const start = performance.now();
  const worker = new Worker(new URL("../web/build/worker.ts", import.meta.url), { type: "module" });
  const { promise, resolve, reject } = Promise.withResolvers<{ files?: Files; error?: string }>();
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = (event) => {
    event.preventDefault();
    reject(new Failure(`the site cannot be built: ${event.message}`));
  };
  worker.postMessage(base);
  try {
    const { files, error } = await promise;
    if (files === undefined) throw new Failure(`the site cannot be built: ${error}`);
    const { written, removed } = await writeFiles(new URL(SITE, root).pathname, files);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.error(
      `book: ${
        Object.keys(files).length
      } files in ${SITE}/, ${written} written, ${removed} removed, ${seconds} s`,
    );
    return files;
  } finally {
    worker.terminate();
  }
}

/** Yields once after each burst of changes of a source. */
async function* changes(): AsyncGenerator<void> {
  const watcher = Deno.watchFs(sources.map((path) => new URL(path, root).pathname));
  let [changed, wake] = [false, () => {}];
  (async () => {
    for await (const { kind } of watcher) {
      if (kind === "access") continue;
      changed = true;
      wake();
    }
  })();
  while (true) {
    if (!changed) await new Promise<void>((resolve) => wake = resolve);
    await new Promise((resolve) => setTimeout(resolve, 200)); // an editor writes more than once
    changed = false;
    yield;
  }
}
