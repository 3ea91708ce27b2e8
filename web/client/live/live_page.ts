import { type Kernel, startKernel } from "./kernel.ts";
import { LiveCell } from "./live_cell.ts";
import { LiveBar } from "./live_bar.ts";
import { siteFiles } from "./site_files.ts";

/**
 * Makes the cells of a page editable, and starts a kernel that runs them.
 *
 * @param place Where its buttons and what they come to stand.
 * @returns When both are ready.
 */
export async function goLive(place: HTMLElement): Promise<void> {
  const page = new LivePage(place);
  await page.ready;
}

class LivePage {
  /** Fulfilled when cells can be run. */
  readonly ready: Promise<void>;
  readonly #cells: LiveCell[] = [];
  readonly #bar: LiveBar;
  #kernel: Promise<Kernel>;
  /** Grows with every stop: what was asked for before comes to nothing. */
  #turn = 0;
  #queue: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(place: HTMLElement) {
    this.#kernel = start();
    this.#bar = new LiveBar(place, {
      runAll: () => this.#run(this.#cells),
      stop: () => this.#stop(),
      reset: () => this.#reset(),
    });
    const sections = [...document.querySelectorAll<HTMLElement>("section.cell")];
    for (const [n, section] of sections.entries()) {
      const upTo = () => this.#run(this.#due(n));
      const cell = new LiveCell(section, Number(section.dataset.cell), {
        run: upTo,
        runAndGoOn: () => {
          upTo();
          this.#cells[n + 1]?.focus();
        },
      });
      this.#cells.push(cell);
    }
    this.ready = this.#kernel.then(({ kernels }) => this.#bar.setReady(kernels));
  }

  /** A cell, and those above it that have not run in this kernel, or not as they stand now. */
  #due(n: number): LiveCell[] {
    return this.#cells.slice(0, n + 1).filter((cell, m) => m === n || cell.ran !== cell.text);
  }

  /** Runs cells one after the other, until one fails. */
  #run(cells: readonly LiveCell[]): void {
    const turn = this.#turn;
    this.#waiting++;
    for (const cell of cells) cell.setState("waiting");
    this.#bar.setRunning(true);
    this.#queue = this.#queue.then(async () => {
      const kernel = await this.#kernel;
      let failed = false;
      for (const cell of cells) {
        if (failed || turn !== this.#turn) {
          cell.setState(cell.ran === undefined ? "not run" : "done");
        } else failed = await cell.run(kernel) !== undefined;
        this.#bar.setVerdicts(this.#cells.flatMap(({ judged }) => judged));
      }
      if (--this.#waiting === 0) this.#bar.setRunning(false);
    });
  }

  /** Ends the kernel at once, whatever it does, and starts another that knows nothing. */
  #stop(): void {
    this.#turn++;
    const ended = this.#kernel;
    this.#kernel = ended.then((kernel) => {
      kernel.stop();
      for (const cell of this.#cells) cell.ran = undefined;
      return start();
    });
    this.#kernel.then(({ kernels }) => this.#bar.setReady(kernels));
  }

  #reset(): void {
    this.#stop();
    this.#queue = this.#queue.then(() => {
      for (const cell of this.#cells) cell.reset();
      this.#bar.setVerdicts([]);
    });
  }
}

async function start(): Promise<Kernel> {
  const files = await siteFiles();
  return await startKernel(new URL("web/client/live/kernel.worker.js", files.root), files);
}
