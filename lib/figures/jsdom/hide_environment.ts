import process from "node:process";

/** The environment as it was before jsdom was loaded. */
export const environment = process.env;

process.env = {};
