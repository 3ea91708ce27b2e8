import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { Buffer } from "node:buffer";

/** The header every Jupyter message carries. */
export interface Header {
  msg_id: string;
  msg_type: string;
  session: string;
  username: string;
  date: string;
  version: string;
}

/** One Jupyter message, decoded. */
export interface Message {
  header: Header;
  /** Header of the request that caused this message; empty for a request itself. */
  parent: Partial<Header>;
  metadata: Record<string, unknown>;
  content: Record<string, unknown>;
}

/** Separates routing identities from the message proper, as the wire protocol has it. */
const DELIMITER = "<IDS|MSG>";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * Makes a request with a fresh id.
 *
 * @param type The message type, such as `execute_request`.
 * @param content The message's content.
 * @param session The id of the client's session.
 * @returns The message, ready to be encoded.
 */
export function createRequest(
  type: string,
  content: Record<string, unknown>,
  session: string,
): Message {
  return {
    header: {
      msg_id: randomUUID(),
      msg_type: type,
      session,
      username: "unsegmented",
      date: new Date().toISOString(),
      version: "5.3",
    },
    parent: {},
    metadata: {},
    content,
  };
}

/**
 * Signs the four parts of a message: HMAC-SHA256, in hex, of the parts end to end.
 *
 * @param parts Header, parent header, metadata and content, as sent.
 * @param key The key of the connection file; an empty key means "unsigned".
 * @returns The signature, empty when the key is.
 */
export function sign(parts: readonly Uint8Array[], key: string): string {
  if (key === "") return "";
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}

/**
 * Encodes a message as the frames of one multipart ZeroMQ message.
 *
 * @param message The message.
 * @param key The key of the connection file.
 * @returns Frames: delimiter, signature, header, parent header, metadata, content.
 */
export function encodeMessage(message: Message, key: string): Uint8Array[] {
  const parts = [message.header, message.parent, message.metadata, message.content]
    .map((part) => encoder.encode(JSON.stringify(part)));
  return [encoder.encode(DELIMITER), encoder.encode(sign(parts, key)), ...parts];
}

/**
 * Decodes and verifies the frames of one multipart ZeroMQ message. Routing identities in front
 * and binary buffers behind are skipped.
 *
 * @param frames The frames as received.
 * @param key The key of the connection file.
 * @returns The message.
 * @throws {TypeError} If the frames are no Jupyter message, or the signature does not fit.
 */
export function decodeMessage(frames: readonly Uint8Array[], key: string): Message {
  const start = frames.findIndex((frame) => decoder.decode(frame) === DELIMITER);
  if (start < 0 || frames.length < start + 6) {
    throw new TypeError(
      `Cannot decode a Jupyter message: expected ${DELIMITER}, a signature and four parts, ` +
        `got ${frames.length} frames`,
    );
  }
  const parts = frames.slice(start + 2, start + 6);
  const expected = Buffer.from(sign(parts, key));
  const given = Buffer.from(frames[start + 1]);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new TypeError("Cannot trust a Jupyter message: its signature does not fit the key");
  }
  const [header, parent, metadata, content] = parts.map((part) => JSON.parse(decoder.decode(part)));
  return { header, parent, metadata, content };
}
