import type { Fault } from "../spoken/report.ts";
import { transcriptEndings } from "./transcripts.ts";

/** A sound and the transcript beside it. */
export interface Recording {
  /** Its path without the ending. */
  readonly name: string;
  /** Path of the sound. */
  readonly sound: string;
  /** Path of the transcript. */
  readonly transcript: string;
  /** The ending of the transcript, which says how it is read. */
  readonly ending: typeof transcriptEndings[number];
  /** Words beside phones, where both have files of their own. */
  readonly words?: string;
  /** The folder that it is in, "" at the top. */
  readonly speaker: string;
  /** Where all recordings lie in folders called train, dev and test. */
  readonly part?: "train" | "dev" | "test";
}

/**
 * Pairs sounds (.wav, .sph) with the transcripts of the same name beside them.
 *
 * @param onFault Told of sounds without a transcript, and of names that two sounds have.
 */
export function recordingCatalogue(
  paths: readonly string[],
  onFault: (fault: Fault) => void,
): Recording[] {
  const split = (path: string) => {
    const [, name, ending] = /^(.*?)\.([^./]+)$/.exec(path) ?? [];
    return { path, name, ending: ending?.toLowerCase() };
  };
  const files = paths.map(split).filter(({ name }) => name !== undefined);
  const beside = Map.groupBy(files, ({ name }) => name);
  const found: Recording[] = [];
  const sounds = files.filter(({ ending }) => ending === "wav" || ending === "sph");
  const first = new Map<string, string>();
  for (const { path, name } of sounds) {
    if (first.has(name)) {
      onFault({ file: path, message: `is there twice, as ${first.get(name)} too` });
      continue;
    }
    first.set(name, path);
    const own = beside.get(name)!;
    const ending = transcriptEndings.find((ending) => own.some((file) => file.ending === ending));
    if (ending === undefined) {
      const wanted = transcriptEndings.map((ending) => `.${ending}`).join(", ");
      onFault({ file: path, message: `has no transcript beside it: ${wanted}` });
      continue;
    }
    const file = (ending: string) => own.find((file) => file.ending === ending)?.path;
    const folders = name.split("/").slice(0, -1);
    const words = ending === "phn" ? file("wrd") : undefined;
    found.push({
      ...{ name, sound: path, transcript: file(ending)!, ending, words },
      speaker: folders.at(-1) ?? "",
    });
  }
  const parts = ["train", "dev", "test"] as const;
  const partOf = ({ name }: Recording) => parts.find((part) => name.startsWith(`${part}/`));
  const present = new Set(found.map(partOf));
  if (present.has(undefined) || present.size !== 3) return found;
  return found.map((recording) => ({ ...recording, part: partOf(recording) }));
}
