export { JSDOM } from "npm:jsdom@31.0.1";
