/**
 * Makes the corpus that every machine can make for itself, and says what there is of any corpus.
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
import { checkDigits, checkRecordings, checkTimit, type CorpusReport } from "lib/corpora/mod.ts";
import {
  choice,
  flag,
  integer,
  mostWorkers,
  parseOptions,
  positionals,
  text,
  UsageError,
} from "./args.ts";
import { hours, reportText } from "./corpus_report.ts";
import { folderOptions, requireFolders } from "./folders.ts";
import { makeShards } from "./make_corpora.ts";
import { print } from "./print.ts";
import { reasonOf, runTask } from "./run_task.ts";

const { check, sentences, cache, workers, unit, corpus, ...folders } = parseOptions(
  "corpus",
  "Makes the corpus of voices that flite speaks, where it is not yet made, and says what it, or a " +
    "corpus that you bring, has, and what is wrong with it.",
  {
    check: flag({ help: "make nothing: say what is there, and what is wrong with it" }),
    ...folderOptions,
    unit: choice(["phones", "words", "characters"], {
      help: "what recordings are to have, phones by default",
    }),
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
    corpus: positionals({
      placeholder: "CORPUS",
      help: "voices, timit, digits or recordings",
      words: ["voices", "timit", "digits", "recordings"],
    }),
  },
);

await runTask("corpus", async () => {
  const [name] = corpus;
  if (corpus.length !== 1) {
    throw new UsageError("which corpus? Expected one of voices, timit, digits, recordings");
  }
  requireFolders(folders, [name]);
  return name === "voices" ? await voices() : await brought(name);
});

/** Makes the voices that are missing, or says which are. */
async function voices(): Promise<number> {
  const folder = voicesFolder(cache), scripts = voiceScripts({ sentences });
  if (!check) {
    await requireWritable(folder);
    const made = await makeShards(folder, scripts, { task: "corpus", workers });
    if (made > 0) console.error(`corpus: made ${made} of ${scripts.length} shards`);
  }
  const reports = await checkVoices(folder, scripts);
  print(voicesText(folder, reports));
  return reports.every(({ sha256 }) => sha256 !== undefined) ? 0 : 1;
}

/** Says what is in a folder: there is nothing to make. */
async function brought(name: "timit" | "digits" | "recordings"): Promise<number> {
  const folder = {
    timit: folders.timit,
    digits: folders.fsdd,
    recordings: folders.recordings,
  }[name]!;
  const checks: Record<typeof name, () => Promise<CorpusReport>> = {
    timit: () => checkTimit(folder),
    digits: () => checkDigits(folder),
    recordings: () => checkRecordings(folder, { unit }),
  };
  const report = await checks[name]();
  print(reportText(name, folder, report));
  return report.faults.length > 0 ? 1 : 0;
}

function voicesText(folder: string, reports: readonly VoiceReport[]): string {
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
