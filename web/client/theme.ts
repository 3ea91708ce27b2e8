/**
 * The theme: what the reader chose last, else the system's. It runs before the page is drawn, so that no
 * page flashes.
 */
const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");

function chosen(): string | null {
  try {
    return localStorage.getItem("theme");
  } catch {
    return null; // a browser that keeps nothing for this site
  }
}

function apply(theme: string | null): void {
  if (theme === null) delete root.dataset.theme;
  else root.dataset.theme = theme;
}

function isDark(): boolean {
  return (root.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
}

apply(chosen());

addEventListener("DOMContentLoaded", () => {
  const button = document.querySelector<HTMLButtonElement>("button.theme")!;
  const say = () => button.textContent = isDark() ? "Light" : "Dark";
  button.hidden = false;
  say();
  system.addEventListener("change", say);
  button.addEventListener("click", () => {
    const theme = isDark() ? "light" : "dark";
    apply(theme);
    say();
    try {
      localStorage.setItem("theme", theme);
    } catch {
      // the choice then holds for this page
    }
  });
});

export {};
