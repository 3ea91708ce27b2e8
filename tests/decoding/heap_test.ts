import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { Heap } from "lib/decoding/heap.ts";

Deno.test("a heap gives the highest first, and of equals the first that was put in", () => {
  // A number is put in with itself as priority, undefined takes one out.
  const steps = fc.array(fc.option(fc.integer({ min: -3, max: 3 }), { nil: undefined }), {
    maxLength: 80,
  });
  fc.assert(fc.property(steps, (steps) => {
    const heap = new Heap<number>(), list: { item: number; priority: number }[] = [];
    steps.forEach((priority, item) => {
      if (priority !== undefined) {
        heap.put(item, priority);
        list.push({ item, priority });
        return;
      }
      list.sort((a, b) => b.priority - a.priority); // stable
      assertEquals(heap.take(), list.shift()?.item);
    });
  }));
});
