// Files that appear whole or not at all. They are written, read, and killed while they are:
//   deno test --allow-env --allow-read --allow-write --allow-run tests/system/write_whole.ts
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { removeLeftovers, tryPlace, WriteError, writeWhole } from "lib/write_whole.ts";
import { inFolder, names, whenFull } from "../support/folders.ts";

const text = (file: string) => Deno.readTextFile(file);

Deno.test("writeWhole() writes bytes and text, over what was there, and leaves no other file", () =>
  inFolder(async (folder) => {
    const file = `${folder}/a.txt`;
    await writeWhole(file, "first");
    await writeWhole(new URL(`file://${file}`), new TextEncoder().encode("second"));
    assertEquals([await text(file), names(folder)], ["second", ["a.txt"]]);
    await writeWhole(file, "");
    assertEquals(await text(file), "");
  }));

Deno.test("writeWhole() puts a new file in the old one's place, so that a reader keeps what it opened", () =>
  inFolder(async (folder) => {
    const file = `${folder}/a.txt`;
    await writeWhole(file, "old");
    using opened = await Deno.open(file);
    await writeWhole(file, "new");
    const buffer = new Uint8Array(9);
    assertEquals(
      new TextDecoder().decode(buffer.subarray(0, await opened.read(buffer) ?? 0)),
      "old",
    );
  }));

Deno.test("writeWhole() by many at once never fails, and nobody ever reads a part", () =>
  inFolder(async (folder) => {
    const file = `${folder}/run.json`;
    const contents = ["a", "b", "c"].map((letter) => letter.repeat(200_000));
    await writeWhole(file, contents[0]);
    let writing = true;
    const reading = (async () => {
      while (writing) assert(contents.includes(await text(file)), "a part was read");
    })();
    for (let round = 0; round < 20; round++) {
      await Promise.all(contents.map((content) => writeWhole(file, content)));
    }
    writing = false;
    await reading;
    assertEquals(names(folder), ["run.json"]);
  }));

Deno.test("writeWhole() through a link writes the file that it leads to, and the link stays", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/deep`);
    await Deno.writeTextFile(`${folder}/deep/a.txt`, "old");
    await Deno.symlink("deep/a.txt", `${folder}/link`);
    await Deno.symlink("link", `${folder}/further`);
    await Deno.symlink("deep/b.txt", `${folder}/dangling`);
    await writeWhole(`${folder}/further`, "new");
    await writeWhole(`${folder}/dangling`, "there");
    assertEquals(await text(`${folder}/deep/a.txt`), "new");
    assertEquals(await text(`${folder}/deep/b.txt`), "there");
    for (const link of ["link", "further", "dangling"]) {
      assert((await Deno.lstat(`${folder}/${link}`)).isSymlink);
    }
    assertEquals(names(`${folder}/deep`), ["a.txt", "b.txt"]);
  }));

Deno.test({
  name: "writeWhole() into a pipe is heard at its other end, and the pipe stays",
  ignore: Deno.build.os === "windows",
  fn: () =>
    inFolder(async (folder) => {
      const pipe = `${folder}/pipe`;
      assert((await new Deno.Command("mkfifo", { args: [pipe] }).output()).success);
      await tryPlace(pipe, 10);
      const heard = new Deno.Command("cat", { args: [pipe], stdout: "piped" }).output();
      await writeWhole(pipe, "said");
      assertEquals(new TextDecoder().decode((await heard).stdout), "said");
      assert((await Deno.lstat(pipe)).isFifo);
    }),
});

Deno.test("writeWhole() keeps a file's permissions", () =>
  inFolder(async (folder) => {
    const file = `${folder}/a.txt`;
    await Deno.writeTextFile(file, "old");
    await Deno.chmod(file, 0o600);
    await writeWhole(file, "new");
    assertEquals((await Deno.stat(file)).mode! & 0o777, 0o600);
  }));

Deno.test("writeWhole() takes names as long as a name can be", () =>
  inFolder(async (folder) => {
    const name = "ä".repeat(127);
    await writeWhole(`${folder}/${name}`, "long");
    assertEquals(names(folder), [name]);
  }));

Deno.test("writeWhole() says what it cannot write, in one line: no folder, a folder, no permission", () =>
  inFolder(async (folder) => {
    for (const write of [writeWhole, tryPlace] as ((file: string, x: never) => Promise<void>)[]) {
      for (const place of [`${folder}/none/a.txt`, folder]) {
        const error = await assertRejects(() => write(place, 0 as never), WriteError);
        assertStringIncludes(error.message, `Cannot write ${place}: `);
        assertEquals(error.message.includes("\n"), false);
      }
    }
    assertEquals(names(folder), []);
  }));

Deno.test("tryPlace() touches nothing", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a.txt`, "old");
    await tryPlace(`${folder}/a.txt`, 100);
    await tryPlace(`${folder}/b.txt`, 100);
    assertEquals([names(folder), await text(`${folder}/a.txt`)], [["a.txt"], "old"]);
  }));

Deno.test("writeWhole() where there is no room leaves the old file as it was, and no other", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a.txt`, "old");
    const program = `
      import { tryPlace, writeWhole } from ${
      JSON.stringify(import.meta.resolve("lib/write_whole.ts"))
    };
      for (const write of [() => writeWhole("a.txt", new Uint8Array(1e5)), () => tryPlace("a.txt", 1e5)]) {
        await write().catch((error) => console.log(error.name, error.message));
      }
    `;
    const { out, code } = await whenFull(["eval", program], folder);
    assertEquals([out, code], [
      "WriteError Cannot write a.txt: File too large (os error 27)\n".repeat(2),
      0,
    ]);
    assertEquals([names(folder), await text(`${folder}/a.txt`)], [["a.txt"], "old"]);
  }));

Deno.test("a writer that is killed leaves the old file or the new one, whole", () =>
  inFolder(async (folder) => {
    const file = `${folder}/a.txt`;
    await Deno.writeTextFile(file, "0".repeat(1e6));
    const program = `
      import { writeWhole } from ${JSON.stringify(import.meta.resolve("lib/write_whole.ts"))};
      console.log("begun");
      for (let n = 1;; n = n % 9 + 1) await writeWhole("a.txt", String(n).repeat(1e6));
    `;
    for (let round = 0; round < 4; round++) {
      const child = new Deno.Command(Deno.execPath(), {
        args: ["eval", program],
        cwd: folder,
        stdout: "piped",
      }).spawn();
      const reader = child.stdout.getReader();
      await reader.read();
      await new Promise((resolve) => setTimeout(resolve, 10 + 17 * round));
      child.kill("SIGKILL");
      await child.status;
      await reader.cancel();
      const left = await text(file);
      assertEquals([left.length, new Set(left).size], [1e6, 1]);
    }
  }));

Deno.test("removeLeftovers() removes what killed writers of a file left, and nothing of another file", () =>
  inFolder(async (folder) => {
    const long = `${"a".repeat(100)}-1.txt`;
    const others = [
      "a.txt",
      "b.txt.0123abcd.tmp",
      "a.txt.tmp",
      "a.txt.0123abcd",
      "aa.txt.0123abcd.tmp",
    ];
    const program = `
      import { writeWhole } from ${JSON.stringify(import.meta.resolve("lib/write_whole.ts"))};
      console.log("begun");
      await writeWhole(Deno.args[0], new Uint8Array(5e8));
    `;
    for (const file of ["a.txt", long]) {
      for (const name of others) await Deno.writeTextFile(`${folder}/${name}`, "kept");
      const child = new Deno.Command(Deno.execPath(), {
        args: ["eval", program, file],
        cwd: folder,
        stdout: "null",
      }).spawn();
      while (names(folder).length === others.length) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      child.kill("SIGKILL");
      await child.status;
      assertEquals(names(folder).length, others.length + 1);
      await removeLeftovers(`${folder}/${long.replace("-1", "-2")}`);
      assertEquals(names(folder).length, others.length + 1);
      await removeLeftovers(`${folder}/${file}`);
      assertEquals(names(folder), others.toSorted());
    }
    await removeLeftovers(`${folder}/nowhere/a.txt`);
  }));
