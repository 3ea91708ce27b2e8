type Keyed = Map<unknown, unknown> | Set<unknown>;
type Keys = Record<PropertyKey, unknown>;
type Path = PropertyKey[];

const TypedArray = Object.getPrototypeOf(Uint8Array) as new () => ArrayLike<number | bigint>;

/**
 * Whether two values are deeply equal: NaN equals NaN, 0 equals -0, prototypes must agree, a key
 * holding `undefined` is not a missing key, Map and Set ignore order.
 *
 * @throws {TypeError} When the values hold a `WeakMap` or `WeakSet`, whose content nobody can read.
 *
 * @example
 * ```ts
 * import { equal } from "@std/assert";
 * console.log(equal(new Float64Array([0, NaN]), new Float64Array([-0, NaN]))); // true
 * console.log(equal([1], new Float64Array([1]))); // false
 * ```
 */
export function equal(a: unknown, b: unknown): boolean {
  return firstDifference(a, b) === undefined;
}

/** The path of keys to the first place where two values differ; `undefined` when they are equal. */
export function firstDifference(a: unknown, b: unknown): Path | undefined {
  return differ(a, b, new Map());
}

function differ(a: unknown, b: unknown, pairs: Map<object, object>): Path | undefined {
  if (a === b || Object.is(a, b)) return undefined;
  if (!isObject(a) || !isObject(b) || prototype(a) !== prototype(b)) return [];
  if (a instanceof Date) return Object.is(a.getTime(), (b as Date).getTime()) ? undefined : [];
  if (a instanceof TypedArray) return differInElements(a, b as typeof a);
  if (a instanceof ArrayBuffer || a instanceof SharedArrayBuffer) {
    return differInElements(new Uint8Array(a), new Uint8Array(b as ArrayBuffer));
  }
  if (a instanceof WeakMap || a instanceof WeakSet) {
    throw new TypeError(`The content of a ${a.constructor.name} cannot be compared`);
  }
  if (a instanceof WeakRef) return differ(a.deref(), (b as WeakRef<object>).deref(), pairs);
  if (a instanceof RegExp || a instanceof URL || a instanceof URLSearchParams) {
    return String(a) === String(b) ? undefined : [];
  }
  if (pairs.get(a) === b) return undefined; // a cycle: this pair is being compared further up
  pairs.set(a, b);
  if (a instanceof Map || a instanceof Set) return differInEntries(a, b as Keyed, pairs);
  return differInKeys(a as Keys, b as Keys, pairs);
}

function differInElements<T>(a: ArrayLike<T>, b: ArrayLike<T>): Path | undefined {
  if (a.length !== b.length) return ["length"];
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i] && !Object.is(a[i], b[i])) return [i];
  return undefined;
}

function differInEntries(a: Keyed, b: Keyed, pairs: Map<object, object>): Path | undefined {
  if (a.size !== b.size) return ["size"];
  const same = (x: unknown, y: unknown) => differ(x, y, pairs) === undefined;
  const others = [...b.entries()];
  for (const [key, value] of a.entries()) {
    const found = isObject(key)
      ? others.some(([k, v]) => same(key, k) && (b instanceof Set || same(value, v)))
      : b.has(key) && (b instanceof Set || same(value, b.get(key)));
    if (!found) return [isObject(key) ? "[object key]" : String(key)];
  }
  return undefined;
}

function differInKeys(a: Keys, b: Keys, pairs: Map<object, object>): Path | undefined {
  const keys = visibleKeys(a);
  for (const key of visibleKeys(b)) keys.add(key);
  for (const key of keys) {
    // Own keys, so that { a: undefined } differs from {}, and inherited ones, for getters.
    if ((key in a) !== (key in b) || Object.hasOwn(a, key) !== Object.hasOwn(b, key)) return [key];
    const path = differ(a[key], b[key], pairs);
    if (path) return [key, ...path];
  }
  return undefined;
}

/** Own enumerable keys of a plain object or array; of a class instance every key up to Object's. */
function visibleKeys(value: object): Set<PropertyKey> {
  const proto = prototype(value);
  if (proto === Object.prototype || proto === Array.prototype) {
    return new Set(Reflect.ownKeys({ ...value }));
  }
  const keys = new Set<PropertyKey>();
  for (let o = value; o && o !== Object.prototype && o !== Array.prototype;) {
    for (const key of Reflect.ownKeys(o)) keys.add(key);
    o = Object.getPrototypeOf(o);
  }
  return keys;
}

/** An object's prototype, where none counts as that of plain objects. */
function prototype(value: object): unknown {
  return Object.getPrototypeOf(value) ?? Object.prototype;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
