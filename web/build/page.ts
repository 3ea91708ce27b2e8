import type { Book } from "./book.ts";
import type { Files } from "./files.ts";

/**
 * A page that is no notebook. Each module of `web/pages` exports one as `page`; nothing lists them.
 * The scripts that it names are modules of `web/client`, each of which becomes `assets/NAME.js`.
 */
export interface Page {
  /** The file of the page: "claims.html". All pages lie in one folder; links are relative. */
  readonly path: string;
  readonly title: string;
  /** One sentence for search engines. */
  readonly description: string;
  /** Names of files in `web/client`, without their ending; defaults to none. */
  readonly scripts?: readonly string[];
  /** The HTML between the bar and the foot. */
  readonly render: (book: Book) => string | Promise<string>;
  /** Other files that the page needs; defaults to none. */
  readonly files?: (book: Book) => Files | Promise<Files>;
}
