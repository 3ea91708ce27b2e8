import { matrix, type Params } from "../numeric/mod.ts";

/** A checkpoint read back. */
export interface Checkpoint {
  readonly params: Params;
  /** Free text by name, such as the experiment that the weights come from. */
  readonly metadata: Record<string, string>;
}

/** Header sizes beyond this are taken for damage rather than for a header. */
const LARGEST_HEADER = 100_000_000;

/**
 * Weights as the bytes of a safetensors file, every tensor F64 of shape [rows, cols].
 *
 * Source: the safetensors format, https://github.com/huggingface/safetensors#format.
 *
 * @example
 * ```ts
 * import { decodeCheckpoint, encodeCheckpoint } from "lib/models/mod.ts";
 * import { matrix } from "lib/numeric/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = encodeCheckpoint({ W: matrix(1, 2, [3, 4]) }, { note: "tiny" });
 * assertEquals(decodeCheckpoint(bytes).params.W.data, new Float64Array([3, 4]));
 * ```
 */
export function encodeCheckpoint(
  params: Params,
  metadata: Record<string, string> = {},
): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let at = 0;
  for (const [name, { data, rows, cols }] of Object.entries(params)) {
    header[name] = {
      dtype: "F64",
      shape: [rows, cols],
      data_offsets: [at, at + data.byteLength],
    };
    at += data.byteLength;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const headerSize = Math.ceil(text.length / 8) * 8; // padded, so that the doubles are aligned
  const bytes = new Uint8Array(8 + headerSize + at).fill(0x20, 8, 8 + headerSize);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(headerSize), true);
  bytes.set(text, 8);
  let to = 8 + headerSize;
  for (const { data } of Object.values(params)) {
    for (let i = 0; i < data.length; i++, to += 8) view.setFloat64(to, data[i], true);
  }
  return bytes;
}

/**
 * Reads what {@link encodeCheckpoint} wrote.
 *
 * @throws {SyntaxError} If the bytes are not a safetensors file, are cut short, or hold a tensor
 * that is not F64 with two dimensions.
 */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerSize = bytes.length >= 8 ? Number(view.getBigUint64(0, true)) : NaN;
  if (!(headerSize <= LARGEST_HEADER && bytes[8] === 0x7b)) {
    throw new SyntaxError(
      `Cannot read the checkpoint as it is not a safetensors file: its ${bytes.length} bytes ` +
        `do not start with the size of a JSON header`,
    );
  }
  if (8 + headerSize > bytes.length) {
    throw new SyntaxError(
      `Cannot read the checkpoint as it is cut short: its header ends at byte ` +
        `${8 + headerSize}, the file at ${bytes.length}`,
    );
  }
  const { __metadata__: metadata = {}, ...tensors } = parseHeader(
    new TextDecoder().decode(bytes.subarray(8, 8 + headerSize)),
  );
  const params: Params = {};
  for (const [name, tensor] of Object.entries(tensors)) {
    const { dtype, shape, data_offsets: offsets } = Object(tensor);
    if (dtype !== "F64" || !isPair(shape)) {
      throw new SyntaxError(
        `Cannot read the checkpoint as "${name}" must be F64 with shape [rows, cols]: ` +
          `it is ${dtype} with shape ${JSON.stringify(shape)}`,
      );
    }
    const [rows, cols] = shape;
    if (!isPair(offsets) || offsets[1] - offsets[0] !== 8 * rows * cols) {
      throw new SyntaxError(
        `Cannot read the checkpoint as "${name}" of shape [${rows}, ${cols}] must take ` +
          `${8 * rows * cols} bytes: its offsets are ${JSON.stringify(offsets)}`,
      );
    }
    const [start, end] = offsets;
    if (8 + headerSize + end > bytes.length) {
      throw new SyntaxError(
        `Cannot read the checkpoint as it is cut short: "${name}" ends at byte ` +
          `${8 + headerSize + end}, the file at ${bytes.length}`,
      );
    }
    const m = matrix(rows, cols);
    for (let i = 0; i < m.data.length; i++) {
      m.data[i] = view.getFloat64(8 + headerSize + start + 8 * i, true);
    }
    params[name] = m;
  }
  return { params, metadata: metadata as Record<string, string> };
}

/** Whether a value is two whole numbers >= 0. */
function isPair(value: unknown): value is [number, number] {
  return Array.isArray(value) && value.length === 2 &&
    value.every((n) => Number.isInteger(n) && n >= 0);
}

function parseHeader(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SyntaxError(
      `Cannot read the checkpoint as its header is not JSON: ${(error as Error).message}`,
    );
  }
}
