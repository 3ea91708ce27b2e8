// The book as a site: what the task writes and serves. It starts processes:
//   deno test --allow-env --allow-read --allow-write --allow-run --allow-net tests/system/book.ts
import { assertEquals, assertLess, assertMatch, assertStringIncludes } from "@std/assert";
import { emptySite } from "../support/built_site.ts";
import { root } from "../support/tasks.ts";

Deno.test("book --serve builds into an empty folder within a minute, says where, answers with the policy, and builds the same bytes again as a file changes", async () => {
  await emptySite();
  const start = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "book", "--serve", "--port", "0"],
    cwd: root,
    env: { NO_COLOR: "1" },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  try {
    const out = lines(child.stdout), err = lines(child.stderr);
    const address = (await out.next()).value!;
    assertLess(performance.now() - start, 60_000);
    assertMatch(address, /^http:\/\/127\.0\.0\.1:\d+\/$/);
    const page = await fetch(address);
    assertStringIncludes(await page.text(), "<h1>Unsegmented</h1>");
    assertStringIncludes(page.headers.get("content-security-policy")!, "script-src 'self'");
    const missing = await fetch(`${address}no/such/page`);
    assertEquals(missing.status, 404);
    assertStringIncludes(await missing.text(), '<a href="/contents.html">');
    const [, files, written] = /^book: (\d+) files in site\/, (\d+) written, 0 removed/.exec(
      await said(err),
    )!;
    assertEquals(written, files);
    await Deno.utime(`${root}web/style/1_page.css`, new Date(), new Date());
    // What is written are the files whose bytes are not those that are there.
    const same = `book: ${files} files in site/, 0 written, 0 removed`;
    assertStringIncludes(await said(err), same);
  } finally {
    child.kill("SIGTERM");
    await child.status;
  }
});

/** The next line of the task's own; an empty cache says first what it downloads. */
async function said(lines: AsyncGenerator<string, undefined>): Promise<string> {
  for (;;) {
    const { value } = await lines.next();
    if (value === undefined || value.startsWith("book: ")) return value ?? "";
  }
}

async function* lines(stream: ReadableStream<Uint8Array>): AsyncGenerator<string, undefined> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const part of stream) {
    const found = (text + decoder.decode(part, { stream: true })).split("\n");
    text = found.pop()!;
    yield* found;
  }
}
