const usual = {
  sample_count: "-i 2",
  sample_n_bytes: "-i 2",
  channel_count: "-i 1",
  sample_byte_format: "-s2 01",
  sample_rate: "-i 16000",
};

/** A SPHERE file; a field that is undefined is left out. */
export function sphere(
  data: number[],
  fields: Record<string, string | undefined> = {},
  { eol = "\n", size = 1024, end = "end_head" } = {},
): Uint8Array {
  const lines = Object.entries({ ...usual, ...fields })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} ${value}`);
  const head = ["NIST_1A", String(size).padStart(7), ...lines, end, ""].join(eol);
  const bytes = new Uint8Array(size + data.length);
  bytes.set(new TextEncoder().encode(head));
  bytes.set(data, size);
  return bytes;
}
