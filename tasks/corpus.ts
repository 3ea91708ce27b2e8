/**
 * Makes a corpus that every machine can make for itself, and says what there is of it.
 *
 * @module
 */
import {
  checkVoices,
  defaultSentences,
  mostSentences,
  type VoiceReport,
  voiceScripts,
  voicesFolder,
} from "lib/corpora/voices/mod.ts";
import { flag, integer, mostWorkers, parseOptions, positionals, text, UsageError } from "./args.ts";
import { makeShards } from "./make_corpora.ts";
import { print } from "./print.ts";
import { reasonOf, runTask } from "./run_task.ts";

const { check, sentences, cache, workers, corpus } = parseOptions(
  "corpus",
  "Makes the corpus of voices that flite speaks, where it is not yet made, and says what it has.",
  {
    check: flag({ help: "make nothing: say what is there, and what is wrong with it" }),
    sentences: integer({
      default: defaultSentences,
      min: 1,
      max: mostSentences,
      help: "sentences per voice to train on",
    }),
    cache: text({
      placeholder: "FOLDER",
      help: "keep it there, inside this project; defaults to $UNSEGMENTED_CACHE, which may be " +
        "anywhere, or unsegmented in the system's folder of caches",
    }),
    workers: integer({
      default: navigator.hardwareConcurrency,
      min: 1,
      max: mostWorkers,
      help: "shards at a time",
    }),
    corpus: positionals({ placeholder: "CORPUS", help: "voices", words: ["voices"] }),
  },
);

await runTask("corpus", async () => {
  if (corpus.length !== 1) throw new UsageError("which corpus? Expected: voices");
  const folder = voicesFolder(cache), scripts = voiceScripts({ sentences });
  if (!check) {
    await requireWritable(folder);
    const made = await makeShards(folder, scripts, { task: "corpus", workers });
    if (made > 0) console.error(`corpus: made ${made} of ${scripts.length} shards`);
  }
  const reports = await checkVoices(folder, scripts);
  print(reportText(folder, reports));
  return reports.every(({ sha256 }) => sha256 !== undefined) ? 0 : 1;
});

function reportText(folder: string, reports: readonly VoiceReport[]): string {
  const hours = (seconds: number) => (seconds / 3600).toFixed(3);
  const rows = reports.map(({ voice, sentences, seconds, bySplit, sha256 }) =>
    [
      voice.padEnd(5),
      String(sentences).padStart(9),
      hours(seconds).padStart(6),
      ...(["train", "dev", "test", "unseen"] as const).map((split) =>
        hours(bySplit[split]).padStart(6)
      ),
      sha256 ?? "not whole",
    ].join("  ")
  );
  const faults = reports.flatMap(({ voice, missing, faults }) => [
    ...(missing.length > 0
      ? [`${voice}: ${missing.length} shards are missing, the first is ${missing[0]}`]
      : []),
    ...faults,
  ]);
  const all = reports.reduce((sum, { seconds }) => sum + seconds, 0);
  return [
    `voices in ${folder}: ${hours(all)} hours`,
    "",
    "voice  sentences   hours   train     dev    test  unseen  SHA-256",
    ...rows,
    ...(faults.length > 0 ? ["", ...faults] : []),
  ].join("\n");
}

async function requireWritable(folder: string): Promise<void> {
  try {
    await Deno.mkdir(folder, { recursive: true });
  } catch (error) {
    throw new UsageError(
      `the cache cannot be ${JSON.stringify(folder)}: expected a folder that can be written, ` +
        `inside this project or named by $UNSEGMENTED_CACHE (${reasonOf(error)})`,
    );
  }
}
