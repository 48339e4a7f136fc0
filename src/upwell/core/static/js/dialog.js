// What has data-opens shows the dialog of that id in place of following its link or sending its form.
// What has data-key does so with Ctrl or Command and that key, too. A click beside a dialog closes it.
const opened = (target) => document.getElementById(target.closest("[data-opens]")?.dataset.opens);

document.addEventListener("click", (event) => {
  if (event.target instanceof HTMLDialogElement) return event.target.close();
  const dialog = opened(event.target);
  if (!dialog || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  dialog.showModal();
});

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!target) return;
  event.preventDefault();
  if (!opened(target)?.open) target.click();
});
