/** Something that is wrong with a corpus. */
export interface Fault {
  /** The file, its path from the folder of the corpus. */
  readonly file: string;
  /** Its line, from 1, where it has lines. */
  readonly line?: number;
  /** What is wrong, such as "phone zz is none of TIMIT's". */
  readonly message: string;
}

/** What there is of a part of a corpus. */
export interface PartReport {
  /** How many. */
  readonly utterances: number;
  /** How many different ones. */
  readonly speakers: number;
  /** Of sound, all utterances together. */
  readonly seconds: number;
}

/** What there is of a corpus, and what is wrong with it. */
export interface CorpusReport {
  /** By name, such as "train". */
  readonly parts: Readonly<Record<string, PartReport>>;
  /** In the order in which they were found; none where all is well. */
  readonly faults: readonly Fault[];
}

/** A fault on one line: `train/dr1/fcjf0/si1027.phn, line 3: …` */
export function faultText({ file, line, message }: Fault): string {
  return `${file}${line === undefined ? "" : `, line ${line}`}: ${message}`;
}

/** Counts utterances of a part. */
export function partReport(
  utterances: readonly { speaker: string; seconds: number }[],
): PartReport {
  return {
    utterances: utterances.length,
    speakers: new Set(utterances.map(({ speaker }) => speaker)).size,
    seconds: utterances.reduce((sum, { seconds }) => sum + seconds, 0),
  };
}

/**
 * What hears of faults while a corpus is opened: the first one ends it.
 *
 * @throws {SyntaxError} Always, naming the file.
 */
export function refuseFault(fault: Fault): never {
  throw new SyntaxError(`Cannot open the corpus as ${faultText(fault)}`);
}
