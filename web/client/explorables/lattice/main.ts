import { part } from "../part.ts";
import { type HeatMap, placeAt, shareOf } from "../heat_map.ts";
import { drawGradient, drawPosteriors, drawTable, type Table } from "./figures.ts";
import { moveCursor } from "./keys.ts";
import { writeReading, writeReadings, writeTableNote } from "./readings.ts";
import { descend, type Network, networks, type Scene, scene, setPosterior } from "./scene.ts";
import { dropThenMerge, mergeThenDrop, samplePaths, type Sums, sumsOf } from "./sums.ts";
import { onThemeChange, themeOf } from "../theme.ts";

const word = part("word", HTMLInputElement), frames = part("frames", HTMLInputElement);
const network = part("network", HTMLSelectElement), play = part("play", HTMLButtonElement);
const form = part("scene", HTMLFormElement), path = part("path", HTMLInputElement);
const maps = {
  posteriors: { canvas: part("posteriors", HTMLCanvasElement), rowHeight: 40 },
  table: { canvas: part("table", HTMLCanvasElement), rowHeight: 20 },
  gradient: { canvas: part("gradient", HTMLCanvasElement), rowHeight: 22 },
} satisfies Record<string, HeatMap>;

let now: Scene, sums: Sums;
let theme = themeOf(document.body);
let cursor = { row: 1, t: 0 };
let followsLattice = true;
let due = false;

/** Draws all before the next frame of the screen, once, however much has changed. */
function redraw(): void {
  if (due) return;
  due = true;
  requestAnimationFrame(() => {
    due = false;
    const start = performance.now();
    sums = sumsOf(now);
    drawAll();
    performance.measure("lattice", { start, end: performance.now() });
  });
}

function drawAll(): void {
  const table = chosen("table") as Table, drawn = chosen("drawn");
  const focused = document.activeElement === maps.posteriors.canvas;
  const paths = drawn === "samples" ? samplePaths(now, sums, 20) : [];
  drawPosteriors(maps.posteriors, now, theme, focused ? cursor : undefined);
  drawTable(maps.table, now, sums, theme, { table, best: drawn === "best", paths });
  drawGradient(maps.gradient, now, sums, theme);
  writeReadings(now, sums);
  writeReading(now, sums, cursor);
  writeTableNote(now, sums, table);
  if (followsLattice) path.value = sums.best.map((s) => sums.states[s]).join("");
  writeMeanings();
}

function chosen(name: string): string {
  return document.querySelector<HTMLInputElement>(`input[name="${name}"]:checked`)!.value;
}

function writeMeanings(): void {
  const written = path.value.replaceAll(/[-_·\s]/g, "ε");
  const merging = mergeThenDrop(written), dropping = dropThenMerge(written);
  part("merged", HTMLElement).textContent = merging.between;
  part("merged-text", HTMLElement).textContent = merging.text;
  part("dropped", HTMLElement).textContent = dropping.between;
  part("dropped-text", HTMLElement).textContent = dropping.text;
}

/** A new scene of what the controls say; the address says it too, so that it can be linked to. */
function begin(): void {
  now = scene(word.value, frames.valueAsNumber, network.value as Network);
  part("frame-count", HTMLElement).textContent = frames.value;
  cursor = { row: Math.min(cursor.row, now.labels.length - 1), t: 0 };
  const asked = new URLSearchParams({ word: now.word, frames: frames.value });
  asked.set("network", network.value);
  history.replaceState(null, "", `#${asked}`);
  redraw();
}

function readAddress(): void {
  const asked = new URLSearchParams(location.hash.slice(1));
  word.value = asked.get("word") ?? word.value;
  frames.value = asked.get("frames") ?? frames.value;
  const wanted = asked.get("network");
  if (networks.some((name) => name === wanted)) network.value = wanted!;
}

function step(): void {
  descend(now, sums.gradient);
  redraw();
}

let playing: ReturnType<typeof setInterval> | undefined;
function setPlaying(on: boolean): void {
  clearInterval(playing);
  play.setAttribute("aria-pressed", String(on));
  if (on) playing = setInterval(step, 60);
}

for (const control of [word, frames, network]) control.addEventListener("input", begin);
form.addEventListener("reset", () => setTimeout(() => (setPlaying(false), begin())));
form.addEventListener("submit", (event) => event.preventDefault());
part("step", HTMLButtonElement).addEventListener("click", step);
play.addEventListener("click", () => setPlaying(play.getAttribute("aria-pressed") !== "true"));
for (const radio of document.querySelectorAll("input[type=radio]")) {
  radio.addEventListener("change", redraw);
}
path.addEventListener("input", () => {
  followsLattice = false;
  writeMeanings();
});
part("follow", HTMLButtonElement).addEventListener("click", () => {
  followsLattice = true;
  redraw();
});

const { canvas, rowHeight } = maps.posteriors;
let held: number | undefined;
canvas.addEventListener("pointerdown", (event) => {
  canvas.setPointerCapture(event.pointerId);
  held = placeAt(maps.posteriors, event.offsetX, event.offsetY, now.labels.length, 1).row;
  draw(event);
});
canvas.addEventListener("pointermove", (event) => held === undefined || draw(event));
for (const end of ["pointerup", "pointercancel"] as const) {
  canvas.addEventListener(end, () => held = undefined);
}
/** A drag stays in the row where it began, and draws through the frames that it passes. */
function draw({ offsetX, offsetY }: PointerEvent): void {
  const row = held!, { labels, posteriors: { rows: T } } = now;
  const { t } = placeAt(maps.posteriors, offsetX, offsetY, labels.length, T);
  setPosterior(now, t, row, shareOf(offsetY, row, rowHeight));
  cursor = { row, t };
  redraw();
}
canvas.addEventListener("keydown", (event) => {
  const { labels, posteriors: { rows: T, data } } = now, K = labels.length;
  const at = cursor.t * K + cursor.row;
  const changes: Record<string, number> = {
    "+": data[at] + 0.05,
    "=": data[at] + 0.05,
    "-": data[at] - 0.05,
    "0": 0,
    "1": 1,
  };
  if (event.key in changes) setPosterior(now, cursor.t, cursor.row, changes[event.key]);
  else {
    const moved = moveCursor(cursor, event.key, K, T);
    if (moved === undefined) return;
    cursor = moved;
  }
  event.preventDefault();
  redraw();
});
for (const event of ["focus", "blur"] as const) canvas.addEventListener(event, redraw);
addEventListener("resize", redraw);
addEventListener("hashchange", () => (readAddress(), begin()));
onThemeChange(() => {
  theme = themeOf(document.body);
  redraw();
});

readAddress();
begin();
