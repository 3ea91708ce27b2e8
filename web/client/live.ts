// The button that makes a chapter's cells run here; all that they need is loaded when it is pressed.
const title = document.querySelector("article.prose > h1");
if (title !== null && document.querySelector("section.cell") !== null) {
  const place = document.createElement("div");
  place.className = "live-bar";
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Run this page";
  const note = document.createElement("span");
  note.className = "hint";
  note.textContent = "Cells become editable, and run in this page; nothing to install.";
  place.append(button, note);
  title.after(place);
  button.addEventListener("click", async () => {
    const pressed = performance.now();
    button.disabled = true;
    note.textContent = "Loading …";
    try {
      const { goLive } = await import("./live/live_page.ts");
      await goLive(place);
      performance.measure("live", { start: pressed, end: performance.now() });
    } catch (error) {
      button.disabled = false;
      note.textContent = `Cannot run this page: ${(error as Error).message}`;
      place.replaceChildren(button, note);
    }
  });
}

export {};
