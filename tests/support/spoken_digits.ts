import { digitNames, type SpokenDigit } from "lib/corpora/digits.ts";
import { toInt16 } from "lib/corpora/spoken/mod.ts";
import { sine } from "./sounds.ts";

/** Tones in the place of digits: three speakers, every digit seven times. */
export const toneDigits: readonly SpokenDigit[] = ["ann", "bob", "cy"].flatMap((speaker, s) =>
  digitNames.flatMap((_, digit) =>
    Array.from({ length: 7 }, (_, index) => ({
      name: `${digit}_${speaker}_${index}.wav`,
      ...{ digit, speaker, index },
      samples: toInt16(sine(300 + 200 * digit + 10 * s, 8000, 1000 + 8 * index)),
    }))
  )
);
