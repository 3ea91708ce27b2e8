// In place of node:process: packages ask it for its environment, and a page has none.
const process: { readonly env: Readonly<Record<string, string>> } = { env: {} };

export default process;
