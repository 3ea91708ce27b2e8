/** What a program read and wrote, in order. */
export interface Trace {
  /**
   * value >= 0: that value is read; ~value: that value is written. All reads since the last write
   * are the operands of one instruction, and the write is its result.
   */
  readonly events: Int32Array;
  /** How many values were written; they are numbered in order. */
  readonly values: number;
  /** [values] which tensor each value belongs to */
  readonly tensorOf: Int32Array;
  /** The tensors' names. */
  readonly tensors: readonly string[];
  /** Values that are results of the program, which stay on the stack to its end. */
  readonly kept: ReadonlySet<number>;
  /** The parts of the program, in order: the name of each, and the event it begins with. */
  readonly sections: readonly Section[];
}

/** A part of a program, up to the next. */
export interface Section {
  /** What the part is called, such as "forward". */
  readonly name: string;
  /** The place in the events where it begins. */
  readonly from: number;
}

/** A number that knows which value on the tape it is. */
export interface Traced {
  /** Its number on the tape, from 0. */
  readonly id: number;
  /** The number itself. */
  readonly value: number;
}

/** What belongs to no tensor. */
const temporaries = "temporaries";

/**
 * Records what a program reads and writes, value by value: either with {@link Tape.apply} on traced
 * numbers, one instruction per call, or with `tracedArray` under kernels as they are.
 *
 * @example
 * ```ts
 * import { movementCost, Tape } from "lib/bytedmd/mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const tape = new Tape();
 * const { a: [a], b: [b], c: [c] } = tape.inputs({ a: [1], b: [2], c: [3] });
 * const add = (x: number, y: number) => x + y;
 * const sum = tape.apply(add, tape.apply(add, a, b), c);
 * tape.keep(sum);
 * assertEquals([sum.value, movementCost(tape.trace()).cost], [6, 6]);
 * ```
 */
export class Tape {
  readonly #events = new Ints();
  readonly #tensorOf = new Ints();
  /** Each tensor's number, in the order of their coming. */
  readonly #tensors = new Map([[temporaries, 0]]);
  readonly #kept = new Set<number>();
  readonly #sections: Section[] = [];

  /**
   * Puts the arguments of a program on the stack: the first on top, of each the last value nearest
   * the top.
   *
   * @param tensors The values of each argument by its name.
   */
  inputs<Name extends string>(
    tensors: Readonly<Record<Name, ArrayLike<number>>>,
  ): Record<Name, Traced[]> {
    const traced = {} as Record<Name, Traced[]>;
    for (const name of (Object.keys(tensors) as Name[]).reverse()) {
      traced[name] = Array.from(
        tensors[name],
        (value) => ({ id: this.write(name), value }),
      );
    }
    return traced;
  }

  /**
   * One instruction: reads its operands, computes `f` of them, writes the result.
   *
   * @param f A function of as many numbers as there are operands; constants inside it are free.
   */
  apply(f: (...values: number[]) => number, ...operands: readonly Traced[]): Traced {
    for (const { id } of operands) this.read(id);
    return { id: this.write(), value: f(...operands.map(({ value }) => value)) };
  }

  /** Says that values are results of the program: they stay on the stack to its end. */
  keep(...values: readonly Traced[]): void {
    for (const { id } of values) this.keepId(id);
  }

  /** Records that a value is read. */
  read(id: number): void {
    this.#require(id);
    this.#events.push(id);
  }

  /** Records that a new value is written, the result of all that was read since the last write. */
  write(tensor: string = temporaries): number {
    let index = this.#tensors.get(tensor);
    if (index === undefined) this.#tensors.set(tensor, index = this.#tensors.size);
    const id = this.#tensorOf.length;
    this.#tensorOf.push(index);
    this.#events.push(~id);
    return id;
  }

  /** {@link Tape.keep} for a value known by its number. */
  keepId(id: number): void {
    this.#require(id);
    this.#kept.add(id);
  }

  /** @throws {RangeError} If no such value was written. */
  #require(id: number): void {
    if (Number.isInteger(id) && id >= 0 && id < this.#tensorOf.length) return;
    throw new RangeError(`Cannot use value ${id} as only ${this.#tensorOf.length} were written`);
  }

  /** Begins a part of the program; parts of the same name are one in the account. */
  section(name: string): void {
    this.#sections.push({ name, from: this.#events.length });
  }

  /** All that was recorded so far. */
  trace(): Trace {
    return {
      events: this.#events.values(),
      values: this.#tensorOf.length,
      tensorOf: this.#tensorOf.values(),
      tensors: [...this.#tensors.keys()],
      kept: new Set(this.#kept),
      sections: [...this.#sections],
    };
  }
}

/** Whole numbers in a row, as many as come. */
class Ints {
  #data = new Int32Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#data.length) {
      const larger = new Int32Array(2 * this.#length);
      larger.set(this.#data);
      this.#data = larger;
    }
    this.#data[this.#length++] = value;
  }

  values(): Int32Array {
    return this.#data.slice(0, this.#length);
  }
}
