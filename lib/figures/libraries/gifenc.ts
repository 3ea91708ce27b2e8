export { default as gifenc } from "npm:gifenc@1.0.3";
