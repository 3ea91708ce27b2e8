import { kernelsNote } from "../../live/kernels_note.ts";
import { drawHeatMap, type HeatMap } from "../heat_map.ts";
import { part } from "../part.ts";
import { onThemeChange, themeOf } from "../theme.ts";
import { type Course, drawCourses } from "./line_chart.ts";
import type { RaceMessage, RaceRequest } from "./messages.ts";
import {
  type Criterion,
  raceExperiment,
  type Racer,
  racers,
  type Settings,
  STEPS,
} from "./settings.ts";

const form = part("settings", HTMLFormElement), criterion = part("criterion", HTMLSelectElement);
const startButton = part("start", HTMLButtonElement), stopButton = part("stop", HTMLButtonElement);
const map = (id: string, rowHeight: number): HeatMap => ({
  canvas: part(id, HTMLCanvasElement),
  rowHeight,
});
const maps = { features: map("features", 12), blstm: map("blstm", 20), lstm: map("lstm", 20) };
const write = (id: string, text: string) => part(id, HTMLElement).textContent = text;

/** How one of the two does. */
interface Course1 {
  posterior?: Float64Array;
  iter: number;
  per: [number, number][];
  blank: [number, number][];
}

let workers: Worker[] = [];
let sequence: Extract<RaceMessage, { kind: "sequence" }> | undefined;
let courses: Record<Racer, Course1> = fresh();
let theme = themeOf(document.body);
let due = false;

function fresh(): Record<Racer, Course1> {
  const course = (): Course1 => ({ iter: 0, per: [], blank: [] });
  return { blstm: course(), lstm: course() };
}

function settings(): Settings {
  const value = (id: string) => part(id, HTMLInputElement).valueAsNumber;
  const [seed, phonemes, noise, onset, cells] = ["seed", "phonemes", "noise", "onset", "cells"].map(
    value,
  );
  return { seed, phonemes, noise, onset, cells, criterion: criterion.value as Criterion };
}

function writeSettings(): void {
  for (const output of form.querySelectorAll("output")) {
    output.textContent = part(output.htmlFor.value, HTMLInputElement).value;
  }
}

function readAddress(): void {
  for (const [id, value] of new URLSearchParams(location.hash.slice(1))) {
    const control = form.elements.namedItem(id);
    if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) {
      control.value = value;
    }
  }
  writeSettings();
}

function start(): void {
  stop("");
  const asked = settings();
  history.replaceState(
    null,
    "",
    `#${new URLSearchParams(Object.entries(asked).map(([k, v]) => [k, `${v}`]))}`,
  );
  courses = fresh();
  workers = racers.map((racer) => {
    const worker = new Worker(
      new URL("live/web/client/explorables/training/race.worker.js", document.baseURI),
      { type: "module" },
    );
    worker.onmessage = ({ data }: MessageEvent<RaceMessage>) => {
      if (data.kind === "listening") {
        write("kernels", kernelsNote(data.kernels));
        worker.postMessage({ experiment: raceExperiment(racer, asked) } satisfies RaceRequest);
      } else hear(racer, data);
    };
    worker.onerror = ({ message }) => stop(`The race cannot be run: ${message}`);
    return worker;
  });
  stopButton.disabled = false;
  write("state", "Both train …");
}

let ended = 0;
function hear(racer: Racer, message: RaceMessage): void {
  const course = courses[racer];
  switch (message.kind) {
    case "sequence":
      sequence = message;
      part("course", HTMLElement).hidden = false;
      ended = 0;
      write("target", `The phones: ${message.target.join(" ")}`);
      break;
    case "posterior":
      course.posterior = message.posterior;
      course.iter = message.iter;
      break;
    case "row": {
      const { iter, per, blanks } = message.row;
      course.per.push([iter, per]);
      course.blank.push([iter, blanks!.blankRate]);
      const percent = Math.round(100 * blanks!.blankRate);
      write(`${racer}-state`, `step ${iter} · PER ${per.toFixed(3)} · blank ${percent} %`);
      break;
    }
    case "end":
      if (message.error !== undefined) stop(`The ${racer.toUpperCase()} stopped: ${message.error}`);
      else if (++ended === racers.length) stop("Both are at their last step.");
  }
  redraw();
}

function stop(text: string): void {
  for (const worker of workers) worker.terminate();
  workers = [];
  stopButton.disabled = true;
  write("state", text);
}

function redraw(): void {
  if (due) return;
  due = true;
  requestAnimationFrame(() => {
    due = false;
    drawAll();
  });
}

function drawAll(): void {
  if (sequence === undefined) return;
  const { x, alignment, labels: K } = sequence, T = alignment.length, F = x.length / T;
  const most = x.reduce((a, b) => Math.max(a, b), 0);
  const bands = Array.from({ length: F }, (_, f) => `${f}`);
  drawHeatMap(maps.features, {
    names: [...bands, "k"],
    T,
    color: (f, t) =>
      f < F
        ? theme.score(x[t * F + f] / most)
        : alignment[t] === 0
        ? undefined
        : theme.label(alignment[t] / K),
  }, theme);
  const names = Array.from({ length: K }, (_, k) => k === 0 ? "ε" : `${k}`);
  for (const racer of racers) {
    const { posterior } = courses[racer];
    const isTrue = (k: number, t: number) => alignment[t] === k && k > 0;
    drawHeatMap(maps[racer], {
      names,
      T,
      color: (k, t) => {
        const p = posterior?.[t * K + k] ?? 0;
        return (k === 0 ? theme.blank : theme.label)(isTrue(k, t) ? 0.12 + 0.88 * p : p);
      },
    }, theme);
  }
  const lines = (what: "per" | "blank") =>
    racers.map((racer): Course => ({
      name: racer.toUpperCase(),
      color: theme.racers[racer],
      points: courses[racer][what],
    }));
  drawCourses(part("per", HTMLCanvasElement), lines("per"), STEPS, theme);
  drawCourses(part("blank", HTMLCanvasElement), lines("blank"), STEPS, theme);
}

form.addEventListener("input", writeSettings);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  start();
});
stopButton.addEventListener("click", () => stop("Stopped."));
startButton.disabled = false;
addEventListener("resize", redraw);
onThemeChange(() => {
  theme = themeOf(document.body);
  redraw();
});
readAddress();
