// A fresh clone in a real JupyterLab, which trusts none of its notebooks. It starts processes:
//   deno test --allow-env --allow-read --allow-write --allow-run --allow-net tests/system/jupyterlab.ts
// It runs where Chromium and JupyterLab are installed, and says so where they are not.
import { assertEquals, assertGreater } from "@std/assert";

const root = new URL("../../", import.meta.url).pathname;
const CHROMIUM = "/usr/bin/chromium";

/** Whether a program starts. */
async function starts(program: string, ...args: string[]): Promise<boolean> {
  try {
    const command = new Deno.Command(program, { args, stdout: "null", stderr: "null" });
    return (await command.output()).success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

const installed = await starts("jupyter", "lab", "--version") &&
  await starts(CHROMIUM, "--version");

/** A loopback port that nothing listens on. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

Deno.test({
  name: installed
    ? "JupyterLab shows every figure of every notebook of a fresh clone, and no tab as modified"
    : "JupyterLab shows every figure (not run: Chromium or JupyterLab is not installed)",
  ignore: !installed,
  fn: async () => {
    const folder = await Deno.makeTempDir();
    await Deno.mkdir(`${folder}/notebooks`);
    const names: string[] = [];
    for await (const { name } of Deno.readDir(`${root}notebooks`)) {
      if (!/^\d.*\.ipynb$/.test(name)) continue;
      names.push(name);
      await Deno.copyFile(`${root}notebooks/${name}`, `${folder}/notebooks/${name}`);
    }
    const port = freePort();
    const lab = new Deno.Command("jupyter", {
      args: ["lab", "--allow-root", "--no-browser", "--ip=127.0.0.1", `--port=${port}`].concat(
        "--IdentityProvider.token=",
      ),
      cwd: folder,
      env: { JUPYTER_CONFIG_DIR: `${folder}/config`, JUPYTER_DATA_DIR: `${folder}/data` },
      stdout: "null",
      stderr: "null",
    }).spawn();
    try {
      await until(async () => {
        const answer = await fetch(`http://127.0.0.1:${port}/api`);
        await answer.body?.cancel();
        return answer.ok;
      });
      assertGreater(names.length, 20);
      for (const name of names.sort()) {
        // A workspace of its own, as one opens the tabs of the page before again.
        const url = `http://127.0.0.1:${port}/lab/workspaces/${
          name.slice(0, 2)
        }/tree/notebooks/${name}`;
        const page = await pageOf(url, folder);
        const shown = page.match(/<img src="data:image\/(png|gif);base64,/g)?.length ?? 0;
        const modified = page.match(/class="lm-TabBar-tab[^"]*jp-mod-dirty/g)?.length ?? 0;
        const due = await figuresOf(`${folder}/notebooks/${name}`);
        assertEquals({ name, shown, modified }, { name, shown: due, modified: 0 });
      }
    } finally {
      lab.kill("SIGTERM");
      await lab.status;
      await Deno.remove(folder, { recursive: true });
    }
  },
});

/** How many outputs of a notebook are pictures. */
async function figuresOf(file: string): Promise<number> {
  const { cells } = JSON.parse(await Deno.readTextFile(file));
  return cells.flatMap((cell: { outputs?: { data?: object }[] }) => cell.outputs ?? [])
    .filter(({ data = {} }) => "image/png" in data || "image/gif" in data).length;
}

/** What Chromium makes of a page that is tall enough for JupyterLab to draw all of it, as HTML. */
async function pageOf(url: string, folder: string): Promise<string> {
  const args = [
    ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
    ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
    ...[`--user-data-dir=${folder}/browser`, "--window-size=1200,20000"],
    ...["--virtual-time-budget=15000", "--dump-dom", url],
  ];
  const { stdout } = await new Deno.Command(CHROMIUM, { args, stderr: "null" }).output();
  return new TextDecoder().decode(stdout);
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (await holds().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("JupyterLab does not answer within 30 s");
}
