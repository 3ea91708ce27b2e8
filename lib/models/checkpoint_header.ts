/** Where a tensor's bytes lie, from the start of the data that follow the header. */
export interface TensorInfo {
  readonly rows: number;
  readonly cols: number;
  /** Bytes of a value: 8 of F64, 4 of F32. */
  readonly bytes: 4 | 8;
  readonly start: number;
  readonly end: number;
}

/** What the header of a safetensors file says. */
export interface CheckpointHeader {
  /** By name, in the order of the header. */
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  readonly metadata: Record<string, string>;
}

/** A header has three levels; what is deeper than this is damage, and would overflow the stack. */
const DEEPEST = 128;

/**
 * Reads the JSON header of a safetensors file, and refuses what the format does: names given twice,
 * sizes that are no decimal whole numbers, metadata that are no map of strings.
 *
 * Source: the safetensors format, https://github.com/huggingface/safetensors#format, and its
 * reference implementation, `Metadata::validate`.
 *
 * @throws {SyntaxError} If it is no such header, or a tensor is not F64 or F32 with two
 * dimensions.
 */
export function parseHeader(bytes: Uint8Array): CheckpointHeader {
  const { __metadata__: metadata, ...tensors } = parseStrictly(decodeUtf8(bytes));
  return {
    tensors: new Map(Object.entries(tensors).map(([name, info]) => [name, tensorInfo(name, info)])),
    metadata: textMap(metadata),
  };
}

/** Checks that a name is Unicode text. */
function requireName(name: string): void {
  if (!name.isWellFormed()) {
    refuse(`a weight's name must be Unicode text: it is ${JSON.stringify(name)}`);
  }
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    refuse("its header must be UTF-8, and has bytes that are not");
  }
}

/** JSON with every name once per object; a whole number not written as one, 1e0, becomes no number. */
function parseStrictly(text: string): Record<string, unknown> {
  const repeated = firstRepeatedName(text);
  let header: Record<string, unknown>;
  try {
    header = JSON.parse(
      text,
      ((_: string, value: unknown, { source }: { source: string }) =>
        Number.isInteger(value) && !/^(0|-?[1-9]\d*)$/.test(source)
          ? { number: source }
          : value) as (key: string, value: unknown) => unknown,
    );
  } catch (error) {
    refuse(`its header is not JSON: ${(error as Error).message.replace(/[\s\p{C}]+/gu, " ")}`);
  }
  if (repeated !== undefined) {
    refuse(`every name in its header must be there once: ${repeated} is there again`);
  }
  return header;
}

/** The first name that is twice in one object of a JSON text. */
function firstRepeatedName(text: string): string | undefined {
  const names: Set<string>[] = [];
  let repeated: string | undefined;
  for (const [token, colon] of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g)) {
    if (token === "{" || token === "[") {
      names.push(new Set());
      if (names.length > DEEPEST) refuse(`its header must not be more than ${DEEPEST} levels deep`);
    } else if (token === "}" || token === "]") names.pop();
    else if (colon !== undefined) {
      const name = unescaped(token.slice(0, -colon.length));
      if (names.at(-1)?.has(name)) repeated ??= token.slice(0, -colon.length);
      names.at(-1)?.add(name);
    }
  }
  return repeated;
}

/** The text that a JSON string stands for, so that "W" and "\u0057" are one name. */
function unescaped(string: string): string {
  try {
    return JSON.parse(string);
  } catch {
    return string; // no JSON, as its parser will say
  }
}

function tensorInfo(name: string, info: unknown): TensorInfo {
  requireName(name);
  const { dtype, shape, data_offsets: offsets } = Object(info);
  const shown = JSON.stringify(name);
  if ((dtype !== "F64" && dtype !== "F32") || !isPair(shape)) {
    refuse(
      `${shown} must be F64 or F32 with shape [rows, cols]: ` +
        `it is ${dtype} with shape ${JSON.stringify(shape)}`,
    );
  }
  const [rows, cols] = shape, bytes = dtype === "F64" ? 8 : 4, size = bytes * rows * cols;
  if (!isPair(offsets) || offsets[1] - offsets[0] !== size) {
    refuse(
      `${shown} of shape [${rows}, ${cols}] must take ${size} bytes: ` +
        `its offsets are ${JSON.stringify(offsets)}`,
    );
  }
  return { rows, cols, bytes, start: offsets[0], end: offsets[1] };
}

function textMap(metadata: unknown): Record<string, string> {
  if (metadata === undefined || metadata === null) return {};
  if (typeof metadata !== "object" || Array.isArray(metadata)) {
    refuse(`its metadata must be a map of texts: it is ${JSON.stringify(metadata)}`);
  }
  for (const [name, text] of Object.entries(metadata)) {
    if (typeof text !== "string" || !text.isWellFormed() || !name.isWellFormed()) {
      refuse(
        `its metadata must be a map of texts: ${JSON.stringify(name)} is ${JSON.stringify(text)}`,
      );
    }
  }
  return metadata as Record<string, string>;
}

/** Whether a value is two whole numbers >= 0. */
function isPair(value: unknown): value is [number, number] {
  return Array.isArray(value) && value.length === 2 &&
    value.every((n) => Number.isSafeInteger(n) && n >= 0);
}

function refuse(reason: string): never {
  throw new SyntaxError(`Cannot read the checkpoint as ${reason}`);
}
