// The book as a site: what the task writes and serves. It starts processes:
//   deno test --allow-env --allow-read --allow-write --allow-run --allow-net tests/system/book.ts
import { assertEquals, assertLess, assertMatch, assertStringIncludes } from "@std/assert";
import { builtAnew, theSite } from "../support/built_site.ts";
import { root } from "../support/tasks.ts";

Deno.test("book builds the same bytes twice, within a minute each", async () => {
  const first = await builtAnew(), start = performance.now();
  const second = await builtAnew();
  assertLess(performance.now() - start, 60_000);
  assertEquals(Object.keys(second).sort(), Object.keys(first).sort());
  const different = Object.keys(first).filter((path) => {
    const [a, b] = [first[path], second[path]] as Uint8Array[];
    return a.length !== b.length || a.some((byte, n) => byte !== b[n]);
  });
  assertEquals(different, []);
});

Deno.test("book --serve says where, answers with the policy, and builds again as a file changes", async () => {
  await theSite();
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
    assertMatch(address, /^http:\/\/127\.0\.0\.1:\d+\/$/);
    const page = await fetch(address);
    assertStringIncludes(await page.text(), "<h1>Unsegmented</h1>");
    assertStringIncludes(page.headers.get("content-security-policy")!, "script-src 'self'");
    assertMatch((await err.next()).value!, /^book: \d+ files in site\//);
    await Deno.utime(`${root}web/style/1_page.css`, new Date(), new Date());
    assertMatch((await err.next()).value!, /^book: \d+ files in site\/, 0 written, 0 removed/);
  } finally {
    child.kill("SIGTERM");
    await child.status;
  }
});

async function* lines(stream: ReadableStream<Uint8Array>): AsyncGenerator<string, undefined> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const part of stream) {
    const found = (text + decoder.decode(part, { stream: true })).split("\n");
    text = found.pop()!;
    yield* found;
  }
}
