// What has data-opens shows the dialog of that id in place of following its link or sending its form.
// What has data-key does so with Ctrl or Command and that key, too. A click beside a dialog closes it;
// the focus then goes back to where it was. Arrows go through the links of an open dialog.
const opened = (target) => document.getElementById(target.closest("[data-opens]")?.dataset.opens);

document.addEventListener("click", (event) => {
  if (event.target instanceof HTMLDialogElement) return event.target.close();
  const dialog = opened(event.target);
  if (!dialog || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const before = document.activeElement;
  const back = before === document.body ? event.target.closest("[data-opens]") : before;
  dialog.addEventListener("close", () => back.focus(), { once: true });
  dialog.showModal();
});

document.addEventListener("keydown", (event) => {
  const dialog = event.target.closest?.("dialog[open]");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!dialog || !step) return;
  const stops = [...dialog.querySelectorAll("input[type=search], .dialog__body a[href]")];
  const next = stops[stops.indexOf(document.activeElement) + step];
  if (stops.length < 2 || !next) return;
  event.preventDefault();
  next.focus();
});

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!target) return;
  event.preventDefault();
  if (!opened(target)?.open) target.click();
});
