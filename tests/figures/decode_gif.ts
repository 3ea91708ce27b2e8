/** An animated GIF, taken apart: for looking at what was written, not for any GIF there is. */
export interface DecodedGif {
  readonly width: number;
  readonly height: number;
  /** Whether it says that it runs for ever. */
  readonly endless: boolean;
  readonly frames: readonly {
    /** [height, width, 3] what is seen once the frame is drawn over those before it */
    readonly rgb: Uint8Array;
    /** In milliseconds. */
    readonly delay: number;
  }[];
}

/** Decodes a GIF whose frames all cover the whole picture and share one table of colours. */
export function decodeGif(bytes: Uint8Array): DecodedGif {
  const word = (at: number) => bytes[at] | bytes[at + 1] << 8;
  const text = (at: number, n: number) => new TextDecoder().decode(bytes.subarray(at, at + n));
  if (text(0, 6) !== "GIF89a") throw new Error("not a GIF");
  const width = word(6), height = word(8);
  const colors = 13;
  let at = colors + 3 * 2 ** ((bytes[10] & 7) + 1);
  let endless = false, delay = 0, clear = -1;
  const frames: { rgb: Uint8Array; delay: number }[] = [];
  const screen = new Uint8Array(3 * width * height);
  const blocks = () => {
    const data: number[] = [];
    while (bytes[at] !== 0) {
      data.push(...bytes.subarray(at + 1, at + 1 + bytes[at]));
      at += bytes[at] + 1;
    }
    at++;
    return data;
  };
  while (bytes[at] !== 0x3b) {
    if (bytes[at] === 0x21) {
      const kind = bytes[at + 1];
      if (kind === 0xf9) {
        delay = 10 * word(at + 4);
        clear = bytes[at + 3] & 1 ? bytes[at + 6] : -1;
      }
      at += 2;
      const data = blocks();
      if (kind === 0xff) endless = data.at(-2) === 0 && data.at(-1) === 0;
    } else {
      at += 11; // the descriptor and the size of a code
      const pixels = unpack(bytes[at - 1], blocks(), width * height);
      pixels.forEach((color, i) => {
        if (color !== clear) {
          for (let c = 0; c < 3; c++) screen[3 * i + c] = bytes[colors + 3 * color + c];
        }
      });
      frames.push({ rgb: screen.slice(), delay });
    }
  }
  return { width, height, endless, frames };
}

/** Lempel–Ziv–Welch as GIF has it. */
function unpack(codeSize: number, data: readonly number[], length: number): Uint8Array {
  const out = new Uint8Array(length);
  const clear = 1 << codeSize;
  let table: number[][] = [], bits = codeSize + 1, before: number[] | undefined;
  let at = 0, held = 0, holding = 0;
  for (const byte of data) {
    held |= byte << holding;
    holding += 8;
    while (holding >= bits) {
      const code = held & ((1 << bits) - 1);
      held >>>= bits;
      holding -= bits;
      if (code === clear) {
        table = Array.from({ length: clear + 2 }, (_, n) => [n]);
        bits = codeSize + 1;
        before = undefined;
        continue;
      }
      if (code === clear + 1) return out;
      const entry: number[] = table[code] ?? [...before!, before![0]];
      out.set(entry, at);
      at += entry.length;
      if (before !== undefined && table.length < 4096) table.push([...before, entry[0]]);
      if (table.length === 1 << bits && bits < 12) bits++;
      before = entry;
    }
  }
  return out;
}
