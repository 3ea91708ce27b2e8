/** JSON with the keys of every object in order. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(
    value,
    (_, v) =>
      v !== null && typeof v === "object" && !Array.isArray(v)
        ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => a < b ? -1 : 1))
        : v,
  );
}

/**
 * Where two JSON values first differ, as a path and both values; undefined if they are equal.
 *
 * @param whole What the values are called where they differ as a whole.
 */
export function differenceOf(
  found: unknown,
  due: unknown,
  whole: string,
  path: string = whole,
): string | undefined {
  const [a, b] = [found, due].map((value) => canonicalJson(value));
  if (a === b) return undefined;
  if (Array.isArray(found) && Array.isArray(due) && found.length === due.length) {
    const n = found.findIndex((value, n) => canonicalJson(value) !== canonicalJson(due[n]));
    return differenceOf(found[n], due[n], whole, `${path}[${n}]`);
  }
  if (!isRecord(found) || !isRecord(due)) return `${path} is ${brief(found)}, not ${brief(due)}`;
  const name = [...new Set([...Object.keys(due), ...Object.keys(found)])]
    .find((key) => canonicalJson(found[key]) !== canonicalJson(due[key]))!;
  return differenceOf(found[name], due[name], whole, path === whole ? name : `${path}.${name}`);
}

/** Whether a value is an object with names. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** A value as text of at most 60 letters. */
export function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? "missing";
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** A piece of a file on one line of at most 60 letters, control characters but tabs as JSON escapes them. */
export function excerpt(text: string): string {
  const cut = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return cut.replace(
    /[\u2028\u2029]|(?!\t)\p{Cc}/gu,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
