import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { createRequest, decodeMessage, encodeMessage, sign } from "lib/jupyter/runner/wire.ts";

const encoder = new TextEncoder();

Deno.test("sign() is HMAC-SHA256 over the parts end to end", () => {
  // RFC 4231, test case 2, split in two.
  const parts = ["what do ya want ", "for nothing?"].map((part) => encoder.encode(part));
  assertEquals(
    sign(parts, "Jefe"),
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  );
});

Deno.test("sign() leaves messages unsigned if the key is empty", () => {
  assertEquals(sign([encoder.encode("x")], ""), "");
});

Deno.test("createRequest() gives every request an id of its own", () => {
  const [a, b] = [1, 2].map(() => createRequest("execute_request", { code: "1" }, "session"));
  assertMatch(a.header.msg_id, /^[0-9a-f-]{36}$/);
  assertEquals(a.header.msg_id === b.header.msg_id, false);
  assertEquals([a.header.msg_type, a.header.session], ["execute_request", "session"]);
});

Deno.test("decodeMessage() returns what encodeMessage() was given, non-ASCII included", () => {
  const message = createRequest("execute_request", { code: '"π – ü"' }, "session");
  assertEquals(decodeMessage(encodeMessage(message, "key"), "key"), message);
});

Deno.test("decodeMessage() skips routing identities in front and buffers behind", () => {
  const message = createRequest("kernel_info_request", {}, "session");
  const frames = encodeMessage(message, "key");
  const routed = [encoder.encode("topic"), ...frames, new Uint8Array([1, 2, 3])];
  assertEquals(decodeMessage(routed, "key"), message);
});

Deno.test("decodeMessage() trusts no message signed with another key", () => {
  const frames = encodeMessage(createRequest("kernel_info_request", {}, "session"), "key");
  assertThrows(() => decodeMessage(frames, "other"), TypeError, "signature");
});

Deno.test("decodeMessage() says what is missing from frames that are no message", () => {
  assertThrows(
    () => decodeMessage([encoder.encode("ping")], "key"),
    TypeError,
    "expected <IDS|MSG>, a signature and four parts, got 1 frames",
  );
  const frames = encodeMessage(createRequest("kernel_info_request", {}, "session"), "key");
  const faulty = [frames.slice(0, -1), frames.slice(1), Array(9).fill(encoder.encode("ping"))];
  for (const some of faulty) {
    assertThrows(() => decodeMessage(some, "key"), TypeError, `got ${some.length} frames`);
  }
});
