/**
 * Words marked with the mouse in a report's text are put into the forms that ask for a passage,
 * character for character as they stand there, with the place where they begin, so that
 * words which recur are anchored where they were marked. Without this script they are pasted.
 *
 * Places are counted in code points, as anchors are, not in the units of a JavaScript string.
 */
import { placed } from "./passage";

const text = document.querySelector<HTMLElement>(".published");
const fields = [...document.querySelectorAll<HTMLTextAreaElement>("textarea[data-passage]")];

if (text && fields.length > 0) {
  for (const hint of document.querySelectorAll("[data-hint]")) hint.removeAttribute("hidden");
  const ours = new Map<HTMLTextAreaElement, string>();
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.commonAncestorContainer)) return;
    const before = document.createRange();
    before.setStart(text, 0);
    before.setEnd(range.startContainer, range.startOffset);
    // The text of the nodes, not of the selection, which folds white space.
    const found = placed(
      before.cloneContents().textContent ?? "",
      range.cloneContents().textContent ?? "",
    );
    const open = fields.filter((field) => field.closest("details")?.open ?? true);
    for (const field of open.length > 0 ? open : fields.slice(0, 1)) {
      // What somebody typed is theirs: only an empty field, or one we filled, is written to.
      if (field.value !== "" && field.value !== ours.get(field)) continue;
      field.value = found.exact;
      ours.set(field, found.exact);
      const start = document.getElementById(field.dataset.passage ?? "");
      if (start instanceof HTMLInputElement) start.value = String(found.start);
      field.closest("details")?.setAttribute("open", "");
    }
  });
  for (const field of fields)
    field.addEventListener("input", () => {
      // Typed words may stand anywhere.
      const start = document.getElementById(field.dataset.passage ?? "");
      if (start instanceof HTMLInputElement) start.value = "";
    });
}
