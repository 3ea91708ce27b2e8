export { forced, table16, table5, type Variant } from "../gradient_alignment/published.ts";
