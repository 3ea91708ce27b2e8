import type { SystemName } from "./sweep.ts";

/** What a reader calls the systems. */
export const titles = {
  "ctc, one word": "CTC, hears one word",
  "transducer, one word": "transducer, hears one word",
  "attention, one word": "attention, hears one word",
  "ctc, the text": "CTC, hears the text",
  "transducer, the text": "transducer, hears the text",
  "attention, the text": "attention, hears the text",
} as const satisfies Readonly<Record<SystemName, string>>;
