import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { javascript } from "@codemirror/lang-javascript";
import { bracketMatching, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { EditorState, Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";

/** The source of a cell while it can be edited. */
export interface Editor {
  /** What stands in the page. */
  readonly element: HTMLElement;
  /** What is written now. */
  text(): string;
  /** Writes another text. */
  setText(text: string): void;
  /** Puts the caret there. */
  focus(): void;
}

/** What keys do beside editing. */
export interface EditorKeys {
  /** Ctrl-Enter. */
  run(): void;
  /** Shift-Enter. */
  runAndGoOn(): void;
}

const look = EditorView.theme({
  "&": { fontSize: "0.84em", backgroundColor: "transparent" },
  "&.cm-focused": { outline: "2px solid var(--link)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.5" },
  ".cm-content": { padding: "0.75rem 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 1rem" },
});

/**
 * An editor of TypeScript. It lives in a shadow tree, where its style sheets need no permission of
 * the page's policy. Tab leaves it, so that the keyboard is not caught.
 *
 * @param label What it is, for those who do not see it.
 */
export function editor(text: string, label: string, keys: EditorKeys): Editor {
  const element = document.createElement("div");
  element.className = "editor";
  const root = element.attachShadow({ mode: "open" });
  const bound = (run: () => void) => () => (run(), true);
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        history(),
        indentOnInput(),
        bracketMatching(),
        javascript({ typescript: true }),
        syntaxHighlighting(classHighlighter),
        EditorView.contentAttributes.of({ "aria-label": label }),
        EditorView.lineWrapping,
        Prec.highest(keymap.of([
          { key: "Ctrl-Enter", mac: "Cmd-Enter", run: bound(keys.run) },
          { key: "Shift-Enter", run: bound(keys.runAndGoOn) },
        ])),
        keymap.of([...defaultKeymap, ...historyKeymap]),
        look,
      ],
    }),
  });
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, tokenSheet()];
  return {
    element,
    text: () => view.state.doc.toString(),
    setText(next) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } });
    },
    focus: () => view.focus(),
  };
}

let tokens: CSSStyleSheet | undefined;

/** The page's own colours of tokens, for shadow trees. */
function tokenSheet(): CSSStyleSheet {
  if (tokens === undefined) {
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
      .filter((rule) => rule instanceof CSSStyleRule && rule.selectorText.startsWith(".tok-"));
    tokens = new CSSStyleSheet();
    tokens.replaceSync(rules.map(({ cssText }) => cssText).join("\n"));
  }
  return tokens;
}
