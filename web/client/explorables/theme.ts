import { colorScale } from "lib/figures/palette.ts";
import type { Theme } from "./heat_map.ts";

/** The hues of the house, as they stand on light paper and on dark. */
const hues = {
  light: {
    label: ["#8db8e2", "#1f66b0", "#0b3563"],
    blank: ["#c3c8ce", "#7d858f"],
    score: ["#8fcabb", "#1f7a70", "#06302f"],
    signed: [["#552a85", "#b69bd3"], ["#86c08a", "#12602d"]],
  },
  dark: {
    label: ["#1c4674", "#4a90d9", "#b9dcff"],
    blank: ["#4a525b", "#a3abb5"],
    score: ["#16504a", "#3fa596", "#c4efe5"],
    signed: [["#c9a6f0", "#5d3d85"], ["#2c6a3c", "#9ce0a8"]],
  },
} as const;

/** The colours of the page as they are now. */
export function themeOf(element: HTMLElement): Theme {
  const probe = document.createElement("span");
  element.append(probe);
  const of = (name: string) => {
    probe.style.color = `var(--${name})`;
    return hexOf(getComputedStyle(probe).color);
  };
  const [paper, ink, muted, faint, accent, blstm] = [
    "paper",
    "ink",
    "muted",
    "faint",
    "lstm",
    "blstm",
  ].map(of);
  probe.remove();
  const { label, blank, score, signed: [negative, positive] } =
    hues[isDark(paper) ? "dark" : "light"];
  return {
    paper,
    ink,
    muted,
    faint,
    accent,
    racers: { blstm, lstm: accent },
    label: steps(colorScale(paper, ...label)),
    blank: steps(colorScale(paper, ...blank)),
    score: steps(colorScale(paper, ...score)),
    signed: steps(colorScale(...negative, paper, ...positive)),
  };
}

/** A colour as the browser computes it, "rgb(1, 2, 3)", in hexadecimal. */
function hexOf(color: string): string {
  const channels = color.match(/[\d.]+/g)!.slice(0, 3).map(Number);
  return "#" + channels.map((value) => Math.round(value).toString(16).padStart(2, "0")).join("");
}

function isDark(color: string): boolean {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  return 0.299 * r + 0.587 * g + 0.114 * b < 128;
}

/** A scale of 256 colours, mixed once. */
function steps(scale: (share: number) => string): (share: number) => string {
  const colors = Array.from({ length: 256 }, (_, n) => scale(n / 255));
  return (share) => colors[Math.round(255 * Math.min(1, Math.max(0, share)))];
}

/** Calls `changed` when the reader, or their system, chooses another theme. */
export function onThemeChange(changed: () => void): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
  new MutationObserver(changed).observe(document.documentElement, {
    attributes: true,
    attributeFilter: ["data-theme", "class"],
  });
}
