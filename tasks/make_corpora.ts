/**
 * Corpora that are made where they are first needed, as a task shows it.
 *
 * @module
 */
import {
  makeVoices,
  neededScripts,
  type ShardScript,
  voicesFolder,
} from "lib/corpora/voices/mod.ts";
import type { Experiment } from "lib/experiments/mod.ts";
import { createProgress } from "./progress.ts";
import { untilStopped } from "./run_task.ts";

/**
 * Makes shards of voices that are missing or damaged, with a bar, until a person stops the task.
 *
 * @returns How many were made.
 */
export async function makeShards(
  folder: string,
  scripts: readonly ShardScript[],
  { task, workers }: { task: string; workers: number },
): Promise<number> {
  using progress = createProgress({ overall: "voices" });
  let bar: ReturnType<typeof progress.add> | undefined;
  const made = await untilStopped(
    task,
    () => "what is finished stays: the same command goes on from there",
    () =>
      makeVoices(folder, scripts, {
        workers,
        onSentence(spoken, of) {
          bar ??= progress.add("sentences", of);
          bar.update(spoken);
        },
      }),
  );
  bar?.done();
  return made;
}

/** Makes what experiments hear, where it is not yet made. */
export async function makeCorpora(
  experiments: readonly Experiment[],
  options: { task: string; workers: number },
): Promise<void> {
  const scripts = experiments.flatMap(({ corpus }) =>
    corpus.kind === "voices" ? neededScripts(corpus) : []
  );
  if (scripts.length === 0) return;
  const once = new Map(scripts.map((script) => [JSON.stringify(script), script]));
  await makeShards(voicesFolder(), [...once.values()], options);
}
