export { type Graph, instance } from "npm:@viz-js/viz@3.31.0";
