/**
 * Progress of one or more trainings, on stderr only: bars with the time left on a terminal, sparse
 * plain lines (every 10 % and each end) where stderr is a file or a pipe.
 *
 * @example
 * ```ts
 * import { createProgress } from "./progress.ts";
 *
 * using progress = createProgress({ overall: "reproduce" }); // stops by itself, also on an error
 * const bar = progress.add("blstm seed 0", 2);
 * bar.update(1, "PER 0.273");
 * bar.update(2, "PER 0.000");
 * bar.done("PER 0.000");
 * ```
 *
 * @module
 */
import cliProgress from "cli-progress";

/** The progress of one training. */
export interface Bar {
  /** Says how many of the `total` steps are done; `note` (a few words) stays until the next one. */
  update(value: number, note?: string): void;
  /** Ends it, counted as complete; steps never reported (a run read from results/) cost no time. */
  done(note?: string): void;
}

/** The progress of all trainings. */
export interface Progress extends Disposable {
  /**
   * Adds a training of `total` steps; add all at the start, so that the time left covers them.
   *
   * @param from Steps that a process before has done; defaults to 0.
   */
  add(name: string, total: number, from?: number): Bar;
  /** Ends the drawing, which keeps the process alive; `using` calls it. */
  stop(): void;
}

/** Where progress is drawn; a test brings its own. */
export interface Screen {
  readonly terminal: boolean;
  readonly columns: number;
  readonly rows: number;
  write(text: string): void;
  /** Milliseconds, from any start. */
  now(): number;
}

/** A training's state; `worked` counts the steps done since this process began. */
export interface Lane {
  readonly name: string;
  readonly total: number;
  value: number;
  worked: number;
  note: string;
  finished: boolean;
}

interface View {
  update(lane: Lane): void;
  done(lane: Lane): void;
  stop(): void;
}

/**
 * Starts showing progress.
 *
 * @param options `overall` names the whole; `screen` defaults to stderr.
 */
export function createProgress(options: { overall: string; screen?: Screen }): Progress {
  const { overall, screen = stderrScreen() } = options;
  const lanes: Lane[] = [];
  const view = (screen.terminal ? barView : lineView)(overall, lanes, screen);
  let stopped = false;
  function stop(): void {
    if (!stopped) view.stop();
    stopped = true;
  }
  return {
    add(name, total, from = 0) {
      const lane = { name, total, value: from, worked: 0, note: "", finished: false };
      lanes.push(lane);
      return {
        update(value, note = lane.note) {
          if (stopped || lane.finished) return;
          lane.worked += Math.max(0, value - lane.value);
          Object.assign(lane, { value, note });
          view.update(lane);
        },
        done(note = lane.note) {
          if (stopped || lane.finished) return;
          Object.assign(lane, { value: total, note, finished: true });
          view.done(lane);
        },
      };
    },
    stop,
    [Symbol.dispose]: stop,
  };
}

/** The share done, 0 … 1, and the milliseconds left at the pace so far (`undefined` before any step). */
export function outlook(
  lanes: readonly Lane[],
  elapsed: number,
): { share: number; left: number | undefined } {
  const sum = (of: (lane: Lane) => number) => lanes.reduce((total, lane) => total + of(lane), 0);
  const [value, total, worked] = [sum((l) => l.value), sum((l) => l.total), sum((l) => l.worked)];
  return {
    share: total > 0 ? value / total : 1,
    left: worked > 0 ? elapsed * (total - value) / worked : undefined,
  };
}

/** Milliseconds as a person says them: "8 s", "2 min 05 s", "1 h 10 min". */
export function duration(ms: number): string {
  const s = Math.round(ms / 1000);
  const two = (n: number) => String(n).padStart(2, "0");
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${two(s % 60)} s`;
  return `${Math.floor(s / 3600)} h ${two(Math.floor(s % 3600 / 60))} min`;
}

function lineView(overall: string, lanes: readonly Lane[], screen: Screen): View {
  const start = screen.now();
  let tenths = 0;
  return {
    update({ name, note }) {
      const { share, left } = outlook(lanes, screen.now() - start);
      const reached = Math.floor(share * 10 + 1e-9);
      if (reached <= tenths || share >= 1) return;
      tenths = reached;
      const time = left === undefined ? "" : `, ${duration(left)} left`;
      screen.write(`${overall}: ${reached * 10} %${time} (${joined(name, note)})\n`);
    },
    done({ name, note }) {
      const ended = lanes.filter((lane) => lane.finished).length;
      const time = duration(screen.now() - start);
      screen.write(
        `${overall}: ${ended}/${lanes.length} done after ${time} (${joined(name, note)})\n`,
      );
    },
    stop() {},
  };
}

/** The most often a terminal is drawn, in milliseconds. */
const FRAME = 100;

// A bar appears with its training's first step, and leaves for a plain line above the others where the
// screen has no row left. Neither cursor nor line wrapping is switched off: Ctrl-C leaves a sane terminal.
function barView(overall: string, lanes: readonly Lane[], screen: Screen): View {
  const start = screen.now();
  const stream = { isTTY: true, columns: screen.columns, write: screen.write };
  const multi = new cliProgress.MultiBar({
    stream,
    format: "{name} {bar} {percentage} %  {note}",
    barCompleteChar: "█",
    barIncompleteChar: "░",
    barsize: Math.max(4, Math.min(30, screen.columns - 60)),
    autopadding: true, // of the percentage
    forceRedraw: true, // bars change their rows
    linewrap: true,
  });
  const bars = new Map<Lane | "overall", ReturnType<typeof multi.create>>();
  const padded = (name: string) =>
    name.padEnd(Math.max(overall.length, ...lanes.map((lane) => lane.name.length)));
  let drawn = -Infinity;

  function show(lane: Lane): void {
    if (!bars.size && lanes.length > 1) {
      bars.set("overall", multi.create(100, 0, { name: padded(overall), note: "" }));
    }
    const full = !bars.has(lane) && bars.size >= screen.rows - 2;
    const old = full && [...bars.keys()].find((key) => key !== "overall" && key.finished);
    if (old && old !== "overall") {
      multi.log(`${padded(old.name)} done  ${old.note}\n`);
      multi.remove(bars.get(old)!);
      bars.delete(old);
    }
    if (!bars.has(lane) && (!full || old)) {
      bars.set(lane, multi.create(lane.total, 0, { name: padded(lane.name), note: "" }));
    }
    draw(lane);
  }

  function draw(lane: Lane): void {
    const now = screen.now();
    const { share, left } = outlook(lanes, now - start);
    const time = left === undefined ? "" : `${duration(left)} left`;
    bars.get("overall")?.update(100 * share, { note: time });
    const alone = lanes.length === 1 && !lane.finished;
    bars.get(lane)?.update(lane.value, { note: alone ? joined(time, lane.note) : lane.note });
    if (now - drawn < FRAME && !lane.finished) return;
    drawn = now;
    multi.update(); // at once: a training on this thread never lets the timer of cli-progress run
  }

  return { update: show, done: show, stop: () => bars.size && multi.stop() };
}

function joined(...parts: readonly string[]): string {
  return parts.filter(Boolean).join(", ");
}

function stderrScreen(): Screen {
  const terminal = Deno.stderr.isTerminal();
  const { columns, rows } = terminal ? Deno.consoleSize() : { columns: 80, rows: 24 };
  const encoder = new TextEncoder();
  function write(text: string): void {
    try {
      for (let bytes = encoder.encode(text); bytes.length;) {
        bytes = bytes.subarray(Deno.stderr.writeSync(bytes));
      }
    } catch {
      // Progress that nobody can read is no reason to end a training.
    }
  }
  return { terminal, columns, rows, write, now: () => performance.now() };
}
