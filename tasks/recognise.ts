/**
 * Recognises the phones of recordings, with their times.
 *
 * @module
 */
import { recogniseRecording, recognitionText } from "lib/speech/mod.ts";
import { choice, flag, integer, parseOptions, text, UsageError } from "./args.ts";
import { blocksOf, eachSound, soundsOf, speechModelOf } from "./recordings.ts";
import { runTask } from "./run_task.ts";

const options = parseOptions(
  "recognise",
  "Recognises the phones of a recording, with times and confidence.",
  {
    audio: text({ placeholder: "FILE", help: "a recording, .wav or .sph, or a folder of them" }),
    model: text({
      placeholder: "FILE",
      help: "a model of speech, as `deno task run` stores it; defaults to the one that comes along",
    }),
    format: choice(["ctm", "textgrid", "json"], {
      default: "ctm" as const,
      help: "how to write what is recognised",
    }),
    channel: integer({ min: 1, max: 65_535, help: "which channel is heard (default: the mean)" }),
    overwrite: flag({ help: "replace files that are there" }),
    output: text({
      placeholder: "FOLDER",
      help: "write files there; defaults to stdout, and of a folder to beside its recordings",
    }),
  },
);

await runTask("recognise", async () => {
  const { audio, model: file, format, channel } = options;
  if (audio === undefined) throw new UsageError("--audio is missing: expected a recording");
  const sounds = await soundsOf(audio), model = await speechModelOf(file);
  return await eachSound("recognise", sounds, options, async ({ path, name }) => {
    const recognised = await recogniseRecording(blocksOf(path), model, { channel });
    return { text: recognitionText(recognised, format, { name, unit: model.unit }), code: 0 };
  });
});
