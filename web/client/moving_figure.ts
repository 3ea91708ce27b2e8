import { frameAt, type PackedFrames, unpackFrames } from "../build/moving_frames.ts";
import { opacity, pathTop, readingMarks } from "../build/moving_parts.ts";

/** Plays the training of the cover's figure once, unless the reader wants no motion; a slider moves it too. */
const figure = document.querySelector<HTMLElement>("figure.moving")!;
const packed: PackedFrames = JSON.parse(figure.dataset.frames!);
const frames = unpackFrames(packed);
const cells = [...figure.querySelectorAll("g.answers rect")];
const readings = figure.querySelector<SVGGElement>("g.readings")!;
const slider = figure.querySelector<HTMLInputElement>("input")!;
const button = figure.querySelector<HTMLButtonElement>("button")!;
const output = figure.querySelector<HTMLOutputElement>("output")!;
const bands = Number(figure.dataset.bands);
const top = pathTop(bands, packed.labels);
const last = frames.length - 1;
const SECONDS = 9;

let playing = false;

function draw(place: number): void {
  const { step, probs } = frameAt(frames, place);
  cells.forEach((cell, i) => cell.setAttribute("fill-opacity", opacity(probs[i])));
  readings.innerHTML = readingMarks(probs, packed.labels, top);
  output.textContent = String(step);
  slider.ariaValueText = `step ${step}`;
}

function play(): void {
  let place = slider.valueAsNumber >= last ? 0 : slider.valueAsNumber;
  let before = performance.now();
  playing = true;
  button.textContent = "Pause";
  requestAnimationFrame(function move(now) {
    if (!playing) return;
    place = Math.min(last, place + Math.max(0, now - before) / 1000 * last / SECONDS);
    before = now;
    slider.valueAsNumber = place;
    draw(place);
    if (place < last) requestAnimationFrame(move);
    else pause();
  });
}

function pause(): void {
  playing = false;
  button.textContent = "Play";
}

slider.addEventListener("input", () => {
  pause();
  draw(slider.valueAsNumber);
});
button.addEventListener("click", () => playing ? pause() : play());
figure.querySelector<HTMLElement>(".controls")!.hidden = false;
if (!matchMedia("(prefers-reduced-motion: reduce)").matches) play();
