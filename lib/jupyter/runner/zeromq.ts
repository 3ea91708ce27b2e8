export { Dealer, Request, Subscriber } from "npm:zeromq@6.8.0";

/** Where the package lies, with the native library that it loads. */
export const zeromqFolder: URL = new URL("..", import.meta.resolve("npm:zeromq@6.8.0"));
