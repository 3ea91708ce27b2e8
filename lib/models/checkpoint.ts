import type { Precision } from "../numeric/kernels/mod.ts";
import { matrix, type Params } from "../numeric/mod.ts";
import { parseHeader, type TensorInfo } from "./checkpoint_header.ts";

/** A checkpoint read back. */
export interface Checkpoint {
  /** Weights by name. A record puts names that are whole numbers first, so that order says nothing. */
  readonly params: Params;
  /** Free text by name, such as the experiment that the weights come from. */
  readonly metadata: Record<string, string>;
}

/** Header sizes beyond this are taken for damage, as the reference implementation does. */
const LARGEST_HEADER = 100_000_000;

/**
 * Weights as the bytes of a safetensors file, every tensor F64 or F32 of shape [rows, cols].
 *
 * Source: the safetensors format, https://github.com/huggingface/safetensors#format.
 *
 * @param options.precision "single" rounds weights to F32, for half the bytes; defaults to "double".
 * @throws {RangeError} If a name, the metadata or the size of the header are such that the file could
 * not be read back.
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
  options: { precision?: Precision } = {},
): Uint8Array<ArrayBuffer> {
  const single = options.precision === "single", size = single ? 4 : 8;
  let at = 0;
  const entries = Object.entries(params).map(([name, { data, rows, cols }]) => {
    const start = at;
    at += size * data.length;
    return [name, {
      dtype: single ? "F32" : "F64",
      shape: [rows, cols],
      data_offsets: [start, at],
    }] as const;
  });
  const header = Object.fromEntries([["__metadata__", metadata], ...entries]);
  const text = new TextEncoder().encode(JSON.stringify(header));
  requireReadable(params, text);
  const headerSize = Math.ceil(text.length / 8) * 8; // padded, so that the doubles are aligned
  const bytes = new Uint8Array(8 + headerSize + at).fill(0x20, 8, 8 + headerSize);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(headerSize), true);
  bytes.set(text, 8);
  let to = 8 + headerSize;
  for (const { data } of Object.values(params)) {
    for (let i = 0; i < data.length; i++, to += size) {
      if (single) view.setFloat32(to, data[i], true);
      else view.setFloat64(to, data[i], true);
    }
  }
  return bytes;
}

/** Checks that what is written can be read back. */
function requireReadable(params: Params, header: Uint8Array): void {
  try {
    if (Object.hasOwn(params, "__metadata__")) {
      throw new SyntaxError('"__metadata__" is the name of the metadata, and of no weight');
    }
    if (header.length > LARGEST_HEADER) {
      throw new SyntaxError(`its header must not be longer than ${LARGEST_HEADER} bytes`);
    }
    parseHeader(header);
  } catch (error) {
    throw new RangeError(
      `Cannot write a checkpoint that could not be read: ${(error as Error).message}`,
    );
  }
}

/**
 * Reads what {@link encodeCheckpoint} wrote, and every other safetensors file of F64 and F32.
 *
 * @throws {SyntaxError} If the bytes are not a safetensors file, are cut short, hold a byte that is
 * of no tensor or of two, or a tensor that is not F64 or F32 with two dimensions.
 *
 * @example
 * ```ts
 * import { decodeCheckpoint, encodeCheckpoint } from "lib/models/mod.ts";
 * import { matrix } from "lib/numeric/mod.ts";
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * const bytes = encodeCheckpoint({ b: matrix(1, 2) }, { note: "tiny" });
 * assertEquals(decodeCheckpoint(bytes).metadata, { note: "tiny" });
 * assertThrows(() => decodeCheckpoint(bytes.subarray(1)), SyntaxError);
 * ```
 */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerSize = bytes.length >= 8 ? Number(view.getBigUint64(0, true)) : NaN;
  if (!(headerSize <= LARGEST_HEADER && bytes[8] === 0x7b)) {
    refuse(
      `it is not a safetensors file: its ${bytes.length} bytes do not start with the size of a ` +
        `JSON header`,
    );
  }
  const dataStart = 8 + headerSize;
  if (dataStart > bytes.length) {
    refuse(`it is cut short: its header ends at byte ${dataStart}, the file at ${bytes.length}`);
  }
  const { tensors, metadata } = parseHeader(bytes.subarray(8, dataStart));
  requireCovered(tensors, dataStart, bytes.length);
  const entries = [...tensors].map(([name, { rows, cols, bytes, start }]) => {
    const m = matrix(rows, cols);
    for (let i = 0, at = dataStart + start; i < m.data.length; i++, at += bytes) {
      m.data[i] = bytes === 8 ? view.getFloat64(at, true) : view.getFloat32(at, true);
    }
    return [name, m] as const;
  });
  return { params: Object.fromEntries(entries), metadata };
}

/** Checks that every byte of the data is of one tensor. */
function requireCovered(
  tensors: ReadonlyMap<string, TensorInfo>,
  dataStart: number,
  size: number,
): void {
  const inOrder = [...tensors].sort(([, a], [, b]) => a.start - b.start || a.end - b.end);
  let at = 0;
  for (const [name, { start, end }] of inOrder) {
    if (dataStart + end > size) {
      refuse(
        `it is cut short: ${JSON.stringify(name)} ends at byte ${dataStart + end}, ` +
          `the file at ${size}`,
      );
    }
    if (start !== at) {
      refuse(
        `every byte must be of one tensor: ${JSON.stringify(name)} starts at byte ${start} of ` +
          `the data, the tensor before it ends at ${at}`,
      );
    }
    at = end;
  }
  if (dataStart + at !== size) {
    refuse(
      `every byte must be of one tensor: the last ends at byte ${dataStart + at}, ` +
        `the file at ${size}`,
    );
  }
}

function refuse(reason: string): never {
  throw new SyntaxError(`Cannot read the checkpoint as ${reason}`);
}
