import type { Tape } from "./tape.ts";

/** What a traced array is a window on. */
interface Storage {
  readonly tape: Tape;
  readonly name: string;
  readonly data: Float64Array<ArrayBuffer>;
  /** The value on the tape that every entry holds now. */
  readonly ids: Int32Array;
}

/** Finds the storage behind a traced array. */
const storages = new WeakMap<object, Storage>();

/**
 * A `Float64Array` that records on a tape what is read and written, so that kernels written for
 * plain arrays run unchanged. It knows what kernels use: indices, `length`, `subarray`, `set`,
 * `fill` and `slice`.
 *
 * One instruction is what is read since the last write, and the write; what a kernel keeps in
 * variables in between is in registers and costs nothing.
 *
 * @param name The tensor that its values belong to.
 * @param data Its entries, which are copied. As with results, writing them is free and puts them on
 * top of the stack in order; where they are arguments, trace them with {@link tracedArrays}.
 *
 * @example
 * ```ts
 * import { movementCost, Tape, tracedArrays } from "lib/bytedmd/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const tape = new Tape();
 * const { x, y } = tracedArrays(tape, { x: [1, 2], y: [3, 4] });
 * for (let i = 0; i < 2; i++) y[i] += x[i];
 * assertEquals([...y.slice()], [4, 6]);
 * // y0 at depth 4 and x0 at 2, then y1 at 2 (y0 is never read again) and x1 at 1.
 * assertEquals(movementCost(tape.trace()).cost, 2 + 2 + 2 + 1);
 * ```
 */
export function tracedArray(
  tape: Tape,
  name: string,
  data: ArrayLike<number>,
): Float64Array<ArrayBuffer> {
  const ids = Int32Array.from({ length: data.length }, () => tape.write(name));
  return proxy({ tape, name, data: Float64Array.from(data), ids });
}

/**
 * The arguments of a program as traced arrays, on the stack as {@link Tape.inputs} puts them: the
 * first on top, of each the last entry nearest the top.
 */
export function tracedArrays<Name extends string>(
  tape: Tape,
  tensors: Readonly<Record<Name, ArrayLike<number>>>,
): Record<Name, Float64Array<ArrayBuffer>> {
  const names = (Object.keys(tensors) as Name[]).reverse();
  const entries = names.map((name) => [name, tracedArray(tape, name, tensors[name])]);
  return Object.fromEntries(entries);
}

/**
 * Says that what a traced array holds now is a result of the program: it stays on the stack to its
 * end.
 *
 * @throws {TypeError} If the array is not traced.
 */
export function keepArray(array: Float64Array): void {
  const storage = storages.get(array);
  if (storage === undefined) throw new TypeError("Cannot keep an array as it must be a traced one");
  for (const id of storage.ids) storage.tape.keepId(id);
}

function proxy(storage: Storage): Float64Array<ArrayBuffer> {
  const { tape, name, data, ids } = storage;
  const get = (i: number): number => {
    if (i < data.length) tape.read(ids[i]);
    return data[i];
  };
  const put = (i: number, value: number): void => {
    if (!(i >= 0 && i < data.length)) {
      throw new RangeError(`Cannot write "${i}" as the array "${name}" has ${data.length} entries`);
    }
    data[i] = value;
    ids[i] = tape.write(name);
  };
  const methods: Record<string, unknown> = {
    length: data.length,
    subarray: (start?: number, end?: number) =>
      proxy({ tape, name, data: data.subarray(start, end), ids: ids.subarray(start, end) }),
    set(source: ArrayLike<number>, offset = 0) {
      for (let i = 0; i < source.length; i++) put(offset + i, source[i]);
    },
    fill(value: number, start = 0, end = data.length) {
      for (let i = start; i < end; i++) put(i, value);
    },
    /** An untraced copy, for looking at: reads nothing. */
    slice: (start?: number, end?: number) => data.slice(start, end),
  };
  const traced = new Proxy(data, {
    get(_target, key) {
      if (typeof key === "string") {
        const i = Number(key);
        if (Number.isInteger(i) && i >= 0) return get(i);
        if (Object.hasOwn(methods, key)) return methods[key];
      }
      throw new TypeError(`Cannot trace "${String(key)}" of the array "${name}"`);
    },
    set(_target, key, value) {
      const i = Number(key);
      if (!(Number.isInteger(i) && i >= 0 && i < data.length)) {
        throw new RangeError(
          `Cannot write "${String(key)}" as the array "${name}" has ${data.length} entries`,
        );
      }
      put(i, value);
      return true;
    },
  });
  storages.set(traced, storage);
  return traced;
}
