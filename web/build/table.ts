/** A table that `lib/jupyter/table.ts` wrote: its alignment as classes, no empty heading. */
export function tableOf(html: string): string {
  if (!/^<table>[\s\S]*<\/table>\s*$/.test(html)) {
    throw new SyntaxError(
      `Cannot show HTML that is no table: ${JSON.stringify(html.slice(0, 80))}`,
    );
  }
  const table = html.replaceAll(' style="text-align: left"', "")
    .replaceAll(' style="text-align: right"', ' class="figures"')
    .replaceAll(/<th([^>]*)><\/th>/g, "<td$1></td>")
    .replaceAll(/<th(?=[ >])/g, '<th scope="col"');
  const caption = /<caption>(.*?)<\/caption>/.exec(table)?.[1] ?? "Table";
  return `<div class="scroll" tabindex="0" role="group" aria-label="${caption}">${table}</div>`;
}
