/**
 * Words marked with the mouse in a report's text are put into the form "Mark a quote",
 * character for character as they stand there. Without this script they are pasted.
 */

const text = document.querySelector<HTMLElement>(".published");
const field = document.querySelector<HTMLTextAreaElement>("textarea#exact");

if (text && field) {
  document.querySelector("[data-hint]")?.removeAttribute("hidden");
  let ours = "";
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.commonAncestorContainer)) return;
    // What somebody typed is theirs: only an empty field, or one we filled, is written to.
    if (field.value !== "" && field.value !== ours) return;
    // The text of the nodes, not of the selection, which folds white space.
    ours = range.cloneContents().textContent?.trim() ?? "";
    field.value = ours;
    field.closest("details")?.setAttribute("open", "");
  });
}
