export * from "./form.ts";
export * from "./nearest.ts";
export * from "./require_form.ts";
