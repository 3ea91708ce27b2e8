/** jsdom, evaluated when it is first used. */
export declare const jsdom: typeof import("./mod.ts");
