import type { Theme } from "../heat_map.ts";

/** A course over steps, as a line. */
export interface Course {
  readonly name: string;
  readonly color: string;
  readonly points: readonly (readonly [step: number, value: number])[];
}

const LEFT = 34, RIGHT = 64, TOP = 8, BELOW = 26;

/** Draws courses from 0 to 1 over steps; each line is named where it ends. */
export function drawCourses(
  canvas: HTMLCanvasElement,
  courses: readonly Course[],
  steps: number,
  { paper, muted, faint }: Theme,
): void {
  const width = canvas.clientWidth, height = 150, scale = globalThis.devicePixelRatio || 1;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.style.height = `${height}px`;
  const context = canvas.getContext("2d")!;
  context.scale(scale, scale);
  const x = (step: number) => LEFT + step / steps * (width - LEFT - RIGHT);
  const y = (value: number) => TOP + (1 - Math.min(1, value)) * (height - TOP - BELOW);
  context.font = "11px Inter, system-ui, sans-serif";
  context.textBaseline = "middle";
  for (const value of [0, 0.5, 1]) {
    context.fillStyle = faint;
    context.fillRect(LEFT, y(value), width - LEFT - RIGHT, 1);
    context.fillStyle = muted;
    context.textAlign = "right";
    context.fillText(value.toFixed(1), LEFT - 6, y(value));
  }
  context.textAlign = "center";
  for (let step = 0; step <= steps; step += steps / 4) {
    context.fillText(`${step}`, x(step), height - BELOW / 2);
  }
  context.textAlign = "left";
  context.lineJoin = "round";
  context.lineWidth = 2;
  for (const { color, points } of courses) {
    context.strokeStyle = color;
    context.beginPath();
    for (const [step, value] of points) context.lineTo(x(step), y(value));
    context.stroke();
  }
  context.strokeStyle = paper;
  context.lineWidth = 4; // a name stays legible on another's line
  const ends: number[] = [];
  for (const { name, color, points } of courses) {
    const last = points.at(-1);
    if (last === undefined) continue;
    let at = y(last[1]);
    while (ends.some((other) => Math.abs(other - at) < 12)) at += 12;
    ends.push(at);
    context.fillStyle = color;
    context.strokeText(name, x(last[0]) + 6, at);
    context.fillText(name, x(last[0]) + 6, at);
  }
}
