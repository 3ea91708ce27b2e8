/** The name of a voice of flite. */
export type Voice = "slt" | "rms" | "awb" | "kal16";

/** The voices that are used here: an American woman, an American man, a Scotsman, an American man. */
export const voices: readonly Voice[] = ["slt", "rms", "awb", "kal16"];

/** What flite calls silence. */
export const silencePhone = "pau";

/** Everything that flite's English voices say: 40 phones, and silence last. Stops have no closures. */
export const phones: readonly string[] = [
  ...[
    "aa",
    "ae",
    "ah",
    "ao",
    "aw",
    "ax",
    "ay",
    "eh",
    "er",
    "ey",
    "ih",
    "iy",
    "ow",
    "oy",
    "uh",
    "uw",
  ],
  ...[
    "b",
    "ch",
    "d",
    "dh",
    "f",
    "g",
    "hh",
    "jh",
    "k",
    "l",
    "m",
    "n",
    "ng",
    "p",
    "r",
    "s",
    "sh",
    "t",
  ],
  ...["th", "v", "w", "y", "z", "zh"],
  silencePhone,
];
