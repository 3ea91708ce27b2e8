import { type Sound, writeWav } from "lib/audio/mod.ts";
import { escapeHtml } from "lib/jupyter/format.ts";
import { inlineSvg } from "../../../build/figure.ts";
import { kernelsNote } from "../../live/kernels_note.ts";
import { siteFiles } from "../../live/site_files.ts";
import { drawHeatMap } from "../heat_map.ts";
import { part } from "../part.ts";
import { onThemeChange, themeOf } from "../theme.ts";
import type { HeardSound, VoiceMessage, VoiceRequest } from "./messages.ts";
import { decoded, record, type Recording } from "./recorder.ts";

const button = (id: string) => part(id, HTMLButtonElement);
const words = part("words", HTMLInputElement), player = part("sound", HTMLAudioElement);
const write = (id: string, text: string) => part(id, HTMLElement).textContent = text;
const map = { canvas: part("posteriors", HTMLCanvasElement), rowHeight: 14 };

let sound: Sound | undefined, name = "recording";
let heard: HeardSound | undefined;
let recording: Recording | undefined;
let theme = themeOf(document.body);

let listener: Worker | undefined;
/** Asks the listener, which is loaded when it is first needed, and hears one thing after the other. */
function ask(request: VoiceRequest): void {
  if (listener !== undefined) return listener.postMessage(request);
  const script = new URL("live/web/client/explorables/voice/voice.worker.js", document.baseURI);
  const worker = listener = new Worker(script, { type: "module" });
  worker.onerror = ({ message }) => write("state", `The listener cannot be loaded: ${message}`);
  worker.onmessage = async ({ data }: MessageEvent<VoiceMessage>) => {
    switch (data.kind) {
      case "listening":
        write("kernels", kernelsNote(data.kernels));
        worker.postMessage({ kind: "site", site: await siteFiles() } satisfies VoiceRequest);
        return worker.postMessage(request);
      case "spoken":
        return take(data.sound, "example");
      case "heard":
        heard = data.heard;
        return show(heard);
      case "failed":
        return write("state", data.message);
    }
  };
}

/** A new sound: it can be played, and is heard at once. */
function take(next: Sound, called: string): void {
  [sound, name] = [next, called];
  URL.revokeObjectURL(player.src);
  player.src = URL.createObjectURL(new Blob([writeWav(next)], { type: "audio/wav" }));
  player.hidden = false;
  button("align").disabled = false;
  align();
}

function align(): void {
  if (sound === undefined) return;
  write("state", "Listening …");
  ask({ kind: "hear", sound, text: words.value, name });
}

function show({ svg, words, phones, textGrid }: HeardSound): void {
  const wrong = words.filter(({ matches }) => !matches).length;
  const said = wrong === 0 ? "" : ` ${wrong} of them the sound does not say.`;
  write("state", words.length === 0 ? "Phones alone." : `${words.length} words in time.${said}`);
  write("phones", phones || "none");
  part("aligned", HTMLElement).innerHTML = svg === undefined
    ? ""
    : `<figure class="figure"><div class="scroll" tabindex="0" role="group" aria-label="Alignment">` +
      `<div class="drawing wide">${
        inlineSvg(svg, "The recording, its words and phones in time")
      }</div></div></figure>`;
  const table = part("table", HTMLTableElement);
  table.hidden = words.length === 0;
  table.tBodies[0].innerHTML = words.map(({ text, start, end, confidence, labels }) =>
    `<tr><th scope="row">${escapeHtml(text)}</th>` +
    [start, end, confidence].map((n) => `<td class="figures">${n.toFixed(2)}</td>`).join("") +
    `<td>${escapeHtml(labels.map((label) => label.text).join(" "))}</td></tr>`
  ).join("");
  const link = part("textgrid", HTMLAnchorElement);
  URL.revokeObjectURL(link.href);
  link.href = URL.createObjectURL(new Blob([textGrid], { type: "text/plain" }));
  link.download = `${name}.TextGrid`;
  link.hidden = false;
  draw();
}

function draw(): void {
  if (heard === undefined) return;
  const { posteriors, names } = heard, K = names.length;
  drawHeatMap(map, {
    names,
    T: posteriors.length / K,
    color: (k, t) => {
      const p = posteriors[t * K + k];
      return p < 0.02 ? undefined : (k === 0 || names[k] === "pau" ? theme.blank : theme.label)(p);
    },
  }, theme);
}

async function toggleRecording(): Promise<void> {
  const pressed = button("record");
  try {
    if (recording === undefined) {
      recording = await record();
      write("state", "Recording …");
    } else {
      const done = recording;
      recording = undefined;
      take(await done.stop(), "recording");
    }
  } catch (error) {
    recording = undefined;
    write("state", `There is no microphone to listen to: ${(error as Error).message}`);
  }
  pressed.setAttribute("aria-pressed", String(recording !== undefined));
  pressed.textContent = recording === undefined ? "Record" : "Stop";
}

async function takeFile(file: File | undefined): Promise<void> {
  if (file === undefined) return;
  try {
    take(await decoded(file), file.name.replace(/\.\w+$/, ""));
  } catch (error) {
    write("state", `The file cannot be read: ${(error as Error).message}`);
  }
}

button("record").disabled = button("example").disabled = false;
button("record").addEventListener("click", toggleRecording);
button("example").addEventListener("click", () => {
  write("state", "The synthesiser is loading …");
  ask({ kind: "speak", text: words.value });
});
button("align").addEventListener("click", align);
words.addEventListener("change", align);
const file = part("file", HTMLInputElement);
file.addEventListener("change", () => takeFile(file.files?.[0]));
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  takeFile(event.dataTransfer?.files[0]);
});
addEventListener("resize", draw);
onThemeChange(() => {
  theme = themeOf(document.body);
  draw();
});
write("state", "Ready.");
