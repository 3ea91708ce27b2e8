import { dirname, join } from "node:path";
import { writeWav } from "lib/audio/mod.ts";
import { noisySound } from "./sounds.ts";

/** Files of a folder by their paths. */
export type Tree = Map<string, Uint8Array | string>;

/** A SPHERE file as TIMIT has them. */
export function timitSphere(samples: Float64Array): Uint8Array {
  const head = [
    ...["NIST_1A", "   1024", "database_id -s5 TIMIT", "database_version -s3 1.0"],
    ...["utterance_id -s10 fcjf0_si1027", "channel_count -i 1"],
    ...[`sample_count -i ${samples.length}`, "sample_rate -i 16000", "sample_min -i -2191"],
    ...["sample_max -i 2790", "sample_n_bytes -i 2", "sample_byte_format -s2 01"],
    ...["sample_sig_bits -i 16", "end_head", ""],
  ].join("\n");
  const bytes = new Uint8Array(1024 + 2 * samples.length);
  bytes.set(new TextEncoder().encode(head));
  const values = Int16Array.from(samples, (x) => 32768 * x);
  bytes.set(new Uint8Array(values.buffer), 1024);
  return bytes;
}

export const phoneLines = [
  "0 1000 h#",
  "1000 1900 sh",
  "1900 2500 ix",
  "2500 2800 q",
  "2800 3200 dcl",
  "3200 3600 d",
  "3600 4800 ao",
  "4800 6000 h#",
];
/** They overlap, as in SA1, and leave a gap. */
export const wordLines = ["1000 2600 she", "2500 3600 had", "3700 4800 or"];

const sound = noisySound(6000), sphere = timitSphere(sound);
const riff = writeWav({ sampleRate: 16000, channels: [sound] });

/**
 * A tree in the formats of TIMIT: two speakers to train on, one for development, two of the core test
 * and one other, each with one sentence of every kind; as distributed, in capitals with CRLF, and
 * with copies of sounds as RIFF.
 */
export function miniatureTimit(): Tree {
  const tree: Tree = new Map();
  const speakers: [string, string, string][] = [
    ["TRAIN", "DR1", "FCJF0"],
    ["train", "dr2", "mabc0"],
    ["TEST", "DR1", "FAKS0"],
    ["TEST", "DR1", "MDAB0"],
    ["test", "dr1", "felc0"],
    ["TEST", "DR3", "MXYZ1"],
  ];
  speakers.forEach(([part, dialect, speaker], n) => {
    for (const sentence of ["SA1", "SI1027", "SX37"]) {
      const capital = speaker === speaker.toUpperCase(), eol = capital ? "\r\n" : "\n";
      const cased = (name: string) => capital ? name : name.toLowerCase();
      const file = (ending: string) =>
        `TIMIT/${part}/${dialect}/${speaker}/${cased(sentence)}.${ending}`;
      if (n === 1) tree.set(file("wav"), riff);
      else tree.set(file(cased("WAV")), sphere);
      if (n === 3) tree.set(file("WAV.wav"), riff);
      tree.set(file(cased("PHN")), phoneLines.join(eol) + eol);
      tree.set(file(cased("WRD")), wordLines.join(eol));
      tree.set(file(cased("TXT")), "0 6000 She had or.");
    }
  });
  tree.set("TIMIT/DOC/README.WAV", "not a sound, and nobody's");
  return tree;
}

/** Writes a tree. */
export async function plant(folder: string, tree: Tree): Promise<void> {
  for (const [path, content] of tree) {
    const file = join(folder, path);
    await Deno.mkdir(dirname(file), { recursive: true });
    await Deno.writeFile(
      file,
      typeof content === "string" ? new TextEncoder().encode(content) : content,
    );
  }
}

/** The paths of a tree, and what reads its files. */
export function inMemory(
  tree: Tree,
): [paths: string[], read: (path: string) => Promise<Uint8Array<ArrayBuffer>>] {
  const bytes = (content: Uint8Array | string) =>
    typeof content === "string" ? new TextEncoder().encode(content) : Uint8Array.from(content);
  return [[...tree.keys()].sort(), (path) => Promise.resolve(bytes(tree.get(path)!))];
}
